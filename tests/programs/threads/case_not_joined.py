# intent: - | nobody waits for it
import threading
from cardapp.models import make
threading.Thread(target=make, args=("b",)).start()
