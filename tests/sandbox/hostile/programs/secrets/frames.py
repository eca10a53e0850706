# expect: ok error
# control: none: the control has no frames above it
import sys
frame = sys._getframe()
while frame:
    for name, value in list(frame.f_globals.items()):
        if name.startswith("tutor") or getattr(value, "__name__", "").startswith("tutor"):
            breach("a module of the web app above")
    frame = frame.f_back
