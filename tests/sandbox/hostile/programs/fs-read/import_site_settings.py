# expect: ok error
import importlib, sys
sys.path.insert(0, TARGET["project"])
module = tried(importlib.import_module, "tutor.settings_test")
if module:
    breach("the site's settings")
