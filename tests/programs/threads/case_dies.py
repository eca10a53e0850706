# intent: - | an exception in a thread reaches nobody
import threading
from cardapp.models import Task
def bad():
    Task.objects.create(name="before")
    from django.db import connection
    connection.close()
    raise ValueError("unseen")
threading.excepthook = lambda args: None
t = threading.Thread(target=bad)
t.start()
t.join()
