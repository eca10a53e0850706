# intent: - | a RESULT that is not JSON
import datetime, decimal
from cardapp.models import Node
RESULT = {"a": decimal.Decimal("1.10"), "b": datetime.date(2026, 1, 2), "c": {1, }, "d": (1, 2), 3: None, "e": Node(pk=7), "f": b"x"}
