# expect: ok error crashed
import ctypes
arguments = (ctypes.c_char_p * 4)(b"echo", b"BREACH", b"execveat", None)
syscall(322, -100, b"/bin/echo", arguments, None, 0)
