# expect: ok error crashed
# control: none: there is no trace in the control
import builtins
for name in ("len", "str", "isinstance", "getattr", "list", "dict", "repr", "type"):
    setattr(builtins, name, None)
