# file: json.py
# expect: ok error
# control: none: nothing to see outside
raise RuntimeError("not the json you wanted")
