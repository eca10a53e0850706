# intent: - | a thread that writes with its own connection
import threading
from cardapp.models import Task, make
t = threading.Thread(target=make, args=("a",))
t.start()
t.join()
RESULT = Task.objects.count()
