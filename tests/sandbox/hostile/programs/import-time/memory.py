# file: models.py
# expect: error memory_limit
x = [b"x" * MIB for _ in range(400)]
breach("400 MiB at import")
