# expect: error
# control: none: it is about the length of the report
name = "f" * 60000
with open("cardapp/deep.py", "w") as file:
    file.write(f"def {name}(n):\n    if n: {name}(n - 1)\n    1 / 0\ngo = {name}\n")
from cardapp.deep import go
go(40)
