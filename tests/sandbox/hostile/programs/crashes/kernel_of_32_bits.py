# expect: crashed
# control: none: what a far return does is the processor's own business
import mmap
page = mmap.mmap(-1, mmap.PAGESIZE, flags=0x62, prot=7)  # below 4 GiB
page.write(b"\x6a\x23\x68\x00\x00\x00\x00\x48\xcb")  # return into 32-bit code
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
breach("32-bit code went on")
