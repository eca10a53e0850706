import ctypes
attributes = (ctypes.c_uint32 * 32)(1, 128)
if syscall(298, attributes, 0, -1, -1, 0) >= 0:
    breach("perf_event_open")
# control: none: many machines have no counters
