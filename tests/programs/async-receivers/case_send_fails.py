# intent: - | send() stops at the first error
from cardapp.models import broken
broken.send(None)
