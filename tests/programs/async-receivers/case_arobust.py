# intent: - | errors are answers, asynchronously
import asyncio
from cardapp.models import broken
RESULT = [[r.__name__, repr(v)] for r, v in asyncio.run(broken.asend_robust("x", a=1))]
