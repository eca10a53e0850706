# expect: ok error crashed
# control: none: there is no trace in the control
import sys, types
def broken(*arguments, **named):
    raise RuntimeError("replaced")
for name, module in list(sys.modules.items()):
    if name.startswith("sandbox"):
        for key, value in list(vars(module).items()):
            if isinstance(value, types.FunctionType):
                setattr(module, key, broken)
