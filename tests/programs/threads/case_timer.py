# intent: - | a timer
import threading
from cardapp.models import make
threading.Timer(0.05, make, ["later"]).start()
