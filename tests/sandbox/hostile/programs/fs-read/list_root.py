import os
names = set(tried(os.listdir, "/") or ())
if names & {"home", "root", "var", "boot", "srv"}:
    breach(f"the host's root {sorted(names)[:5]}")
