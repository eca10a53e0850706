# expect: ok error memory_limit
data = tried(bytearray, 400 * MIB)
if data is not None:
    for i in range(0, len(data), 4096):
        data[i] = 1
    breach("400 MiB touched")
