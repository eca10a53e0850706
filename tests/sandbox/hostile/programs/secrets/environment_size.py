import os
names = set(os.environ) - {"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "PYTHONHASHSEED",
                           "PYTHONDONTWRITEBYTECODE", "DJANGO_SETTINGS_MODULE", "PYTHONPATH",
                           "PYTHONUTF8", "PYTHONIOENCODING", "PYTHONSAFEPATH", "MALLOC_ARENA_MAX"}
if names:
    breach(f"environment {sorted(names)[:4]}")
