# expect: ok error
import os, sqlite3
c = sqlite3.connect(":memory:")
c.execute(f"PRAGMA temp_store_directory = '{TARGET['folder']}'")
c.execute("PRAGMA temp_store = 1")
try:
    c.execute("PRAGMA cache_size = 1")
    c.execute("CREATE TEMP TABLE t AS SELECT randomblob(1000) b")
    c.executemany("INSERT INTO t VALUES (randomblob(100000))", [()] * 50)
except sqlite3.Error:
    pass
# control: none: temporary files have no name to see
