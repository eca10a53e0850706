# file: models.py
# expect: error
# control: exits
raise SystemExit(0)
