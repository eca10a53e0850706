# intent: - | a worker started inside the transaction does not see the row
import threading
from django.db import transaction
from cardapp.models import Task, finish
t = Task(name="x")
def early():
    finish(1)
with transaction.atomic():
    t.save_base(raw=True)
    seen = []
    def look():
        from django.db import connection
        seen.append(Task.objects.count())
        connection.close()
    w = threading.Thread(target=look)
    w.start()
    w.join()
    transaction.on_commit(lambda: threading.Thread(target=finish, args=(t.pk,)).start())
RESULT = seen
