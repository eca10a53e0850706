# file: models.py
# expect: ok error
# control: none: nothing to see outside
import sys
sys.path[:] = []
sys.meta_path[:] = []
sys.modules.pop("json", None)
