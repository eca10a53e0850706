# file: models.py
# expect: time_limit
# control: endless
while True:
    pass
