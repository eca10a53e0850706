# expect: time_limit
# control: endless
import hashlib
hashlib.pbkdf2_hmac("sha512", b"a", b"b", 2**30)
