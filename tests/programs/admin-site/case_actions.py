# intent: - | an action, and delete_selected
from django.test import Client
c = Client()
c.login(username="root", password="pw")
a = c.post("/admin/cardapp/book/", {"action": "sell", "_selected_action": [1, 2]})
b = c.post("/admin/cardapp/book/", {"action": "delete_selected", "_selected_action": [1, 2], "post": "yes"})
RESULT = [a.status_code, b.status_code]
