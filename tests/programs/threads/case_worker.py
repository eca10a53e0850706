# intent: - | a queue and a worker
from cardapp.models import Task, Worker, finish, make
w = Worker()
w.start()
w.delay(make, "one")
w.delay(finish, 1)
w.delay(None)
w.join()
RESULT = list(Task.objects.values_list("name", "done"))
