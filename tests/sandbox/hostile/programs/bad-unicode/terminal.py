# expect: ok
# control: none: bytes are only bytes without a reader
print("\x1b[2J\x1b]0;owned\x07\x9b31m \u202e reversed \x00 nul \x08\x08")
