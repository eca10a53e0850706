# expect: time_limit
# control: endless
import mmap, threading
page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(b"\xeb\xfe")  # jump to itself: the interpreter never has a turn again
spin = ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
for _ in range(15):
    threading.Thread(target=spin, daemon=True).start()
spin()
