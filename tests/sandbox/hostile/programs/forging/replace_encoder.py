# expect: ok error crashed
# control: none: there is no report without a sandbox
import json
import msgspec
json.dumps = lambda *a, **k: '"FORGED"'
msgspec.json.encode = lambda *a, **k: b'"FORGED"'
