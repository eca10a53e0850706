# expect: error memory_limit time_limit
data = {}
for i in range(4_000_000):
    data[i] = str(i) * 5
breach("four million texts")
