# intent: - | logs and warnings
import logging, warnings
from django.core.mail import send_mail
log = logging.getLogger("shop")
log.warning("careful %s", "x")
log.error("bad %d", "not a number")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("zero")
warnings.warn("old")
warnings.warn("older", DeprecationWarning)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    warnings.warn("seen")
logging.basicConfig(level=logging.DEBUG)
RESULT = [len(w), len(logging.getLogger().handlers), logging.getLogger().level]
