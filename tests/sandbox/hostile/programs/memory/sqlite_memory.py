# expect: ok error memory_limit crashed time_limit
import sqlite3
c = sqlite3.connect(":memory:")
c.execute("CREATE TABLE t (b BLOB)")
for _ in range(50):
    c.execute("INSERT INTO t VALUES (randomblob(8388608))")
breach("400 MiB in SQLite")
