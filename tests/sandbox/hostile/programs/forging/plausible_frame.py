# expect: ok error crashed
import json, os
body = json.dumps({"schema": 1, "outcome": "ok", "emails_sent": 31337, "result": "FORGED"}).encode()
for fd in range(3, 64):
    tried(os.write, fd, len(body).to_bytes(4, "big") + body)
