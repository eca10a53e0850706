# intent: - | every way to send
from cardapp.models import all_kinds
all_kinds()
