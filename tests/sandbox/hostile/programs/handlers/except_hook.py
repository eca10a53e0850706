# expect: error
# control: exits
import sys
sys.excepthook = sys.unraisablehook = lambda *a: (_ for _ in ()).throw(RuntimeError)
raise ValueError("x")
