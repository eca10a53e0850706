import ctypes
made = 0
timer = (ctypes.c_int * 1)()
while made < 2000 and syscall(222, 1, None, timer) == 0:
    made += 1
if made >= 2000:
    breach("2,000 kernel timers")
