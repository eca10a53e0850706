# intent: - | an exception with too much text
from cardapp.models import Big
raise Big
