# expect: ok error
import sqlite3
c = sqlite3.connect(":memory:")
try:
    c.execute("ATTACH ? AS other", (TARGET["database"],))
    breach(c.execute("SELECT secret FROM other.t").fetchone()[0])
except sqlite3.Error:
    pass
