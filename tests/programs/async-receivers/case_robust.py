# intent: - | errors are answers
from cardapp.models import broken
RESULT = [[r.__name__, repr(v)] for r, v in broken.send_robust(None)]
