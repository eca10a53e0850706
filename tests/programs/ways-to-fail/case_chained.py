# intent: - | raise from
try:
    1 / 0
except ZeroDivisionError as e:
    raise LookupError("chained") from e
