# expect: error memory_limit
text = "é" * (200 * MIB)
text += "x"
breach(f"{len(text.encode()) // MIB} MiB of text")
