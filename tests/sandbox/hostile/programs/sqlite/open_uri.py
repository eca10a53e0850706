# expect: ok error
import sqlite3
try:
    c = sqlite3.connect(f"file:{TARGET['database']}?mode=ro&immutable=1", uri=True)
    breach(c.execute("SELECT secret FROM t").fetchone()[0])
except sqlite3.Error:
    pass
