# intent: - | a pool of threads
from cardapp.models import Task, in_pool
in_pool(["p"])
RESULT = Task.objects.count()
