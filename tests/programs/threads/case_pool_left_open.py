# intent: - | a pool that nobody shuts down
from concurrent.futures import ThreadPoolExecutor
from cardapp.models import make
pool = ThreadPoolExecutor(1)
pool.submit(make, "left")
