# expect: ok error crashed
import ctypes, mmap
code = bytes.fromhex("53b81400000031db31c931d2cd805bc3")  # getpid by int 0x80
page = tried(mmap.mmap, -1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
if page:
    page.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    if ctypes.CFUNCTYPE(ctypes.c_int)(address)() > 0:
        breach("a 32-bit system call")
