import ctypes
table = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
i = 0
while table and table[i]:
    if TARGET["canary"].encode() in table[i]:
        breach("the canary in C's environment")
    i += 1
