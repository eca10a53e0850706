# expect: ok error crashed
# control: none: there is no trace in the control
import sys
for name in [n for n in sys.modules if n.startswith("sandbox")]:
    del sys.modules[name]
