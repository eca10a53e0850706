import os
found = [n for n in ("manage.py", "pyproject.toml") if tried(open, os.path.join(TARGET["project"], n))]
if found:
    breach(f"project files {found}")
