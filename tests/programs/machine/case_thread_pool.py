# intent: 2 | the pool of threads that multiprocessing has
from multiprocessing.pool import ThreadPool

from cardapp.models import Row

with ThreadPool(1) as pool:
    RESULT = pool.map(lambda name: Row.objects.create(name=name).pk, "ab")
