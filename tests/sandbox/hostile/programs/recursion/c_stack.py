# expect: error crashed memory_limit time_limit
# control: exits
import functools, sys
sys.setrecursionlimit(10**9)
f = lambda x: x
for _ in range(200_000):
    f = functools.partial(f)
    f = functools.lru_cache(f)
g = property.__get__
deep = ()
for _ in range(10**6):
    deep = (deep,)
hash(deep)
