# expect: error memory_limit
data = []
while len(data) < 400:
    data.append(b"x" * MIB)
breach("400 MiB in a list")
