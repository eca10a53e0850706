# intent: - | files saved as a FileField saves them, and a cache of files
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

first = default_storage.save("a/b.txt", ContentFile(b"x"))
second = default_storage.save("a/b.txt", ContentFile(b"yy"))
cache = FileBasedCache("cached", {})
cache.set("n", 1)
with default_storage.open(first, "a") as file:
    RESULT = [locks.lock(file, locks.LOCK_EX), locks.unlock(file)]
RESULT += [first, default_storage.size(second), cache.get("n"), cache.touch("n")]
