# expect: ok error
# control: none: nothing to see outside
import builtins
def no_import(*arguments, **named):
    raise ImportError("no more imports")
builtins.__import__ = no_import
