# intent: - | inline forms: one changed, one deleted, one new
from django.test import Client
c = Client()
c.login(username="root", password="pw")
r = c.post("/admin/cardapp/author/1/change/", {"name": "A", "book_set-TOTAL_FORMS": 3, "book_set-INITIAL_FORMS": 2,
    "book_set-MIN_NUM_FORMS": 0, "book_set-MAX_NUM_FORMS": 1000,
    "book_set-0-id": 1, "book_set-0-author": 1, "book_set-0-title": "Uno",
    "book_set-1-id": 2, "book_set-1-author": 1, "book_set-1-title": "Two", "book_set-1-DELETE": "on",
    "book_set-2-id": "", "book_set-2-author": 1, "book_set-2-title": "Three"})
RESULT = r.status_code
