# intent: - | a connection used in the wrong thread
import threading
from django.db import connection
from cardapp.models import Task
Task.objects.count()
wrong = []
from django.db import connections
c = connections["default"]
def use():
    try:
        c.cursor()
    except Exception as e:
        wrong.append(type(e).__name__)
t = threading.Thread(target=use)
t.start()
t.join()
RESULT = wrong
