# expect: crashed
# control: none: there is no report without a sandbox
import json, os, sys, time
frame = sys._getframe(1)
while not isinstance(frame.f_locals.get("body"), bytes):
    frame = frame.f_back
nonce = frame.f_locals["body"][:16]
common = {"kind": "receiver", "label": "x", "file": "models.py", "line": 1, "function": "f", "ms": 1}
email = {"id": 1, "subject": "", "from": "", "body": "", "event": 1}
email |= dict.fromkeys(["to", "cc", "bcc", "alternatives", "attachments"], [])
told = {"error": None, "emails": [email], "emails_sent": 1, "recipients": 1, "queries": 0}
told |= {"rows": {}, "result": "FORGED", "completed_imports": []}
told["events"] = [{"id": 1, "cause": 2, **common}, {"id": 2, "cause": 1, **common}]
frame = nonce + json.dumps(told).encode()
os.write(4, len(frame).to_bytes(4, "big") + frame)
os.close(4)
time.sleep(60)
