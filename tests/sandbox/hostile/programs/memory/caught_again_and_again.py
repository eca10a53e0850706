# expect: ok error memory_limit time_limit
kept = []
for size in (64, 32, 16, 8, 4, 2, 1):
    while True:
        try:
            kept.append(bytearray(size * MIB))
        except MemoryError:
            break
        if sum(map(len, kept)) > 400 * MIB:
            breach("400 MiB kept")
            break
    if RESULT:
        break
