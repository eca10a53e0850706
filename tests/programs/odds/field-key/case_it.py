# intent: - | migrate makes every field of an own class again, and more than once
from cardapp.models import MADE

RESULT = MADE
