# expect: ok error
# control: none: bytes are only bytes without a reader
import os
os.write(1, bytes(range(256)) * 10 + b"\xc3\x28\xf0\x9f")
