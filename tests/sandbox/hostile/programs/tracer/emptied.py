# expect: ok error crashed
# control: none: there is no trace in the control
import sys
for name, module in list(sys.modules.items()):
    if name.startswith("sandbox"):
        module.__dict__.clear()
