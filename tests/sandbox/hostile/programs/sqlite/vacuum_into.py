# expect: ok error
import os, sqlite3
path = TARGET["folder"] + "/vacuumed"
try:
    sqlite3.connect(":memory:").execute("VACUUM INTO ?", (path,))
except sqlite3.Error:
    pass
if os.path.exists(path):
    breach("wrote a database into the host's folder")
