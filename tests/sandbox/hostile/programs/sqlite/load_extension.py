# expect: ok error
import sqlite3
c = sqlite3.connect(":memory:")
try:
    c.enable_load_extension(True)
    c.load_extension(TARGET["folder"] + "/evil")
    breach("loaded an extension")
except (sqlite3.Error, AttributeError):
    pass
# control: none: there is no extension to load in the control
