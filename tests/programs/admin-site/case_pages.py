# intent: - | reading the admin's pages sends nothing
from django.test import Client
c = Client()
c.login(username="root", password="pw")
RESULT = [c.get(p).status_code for p in ["/admin/", "/admin/cardapp/", "/admin/cardapp/book/", "/admin/cardapp/book/add/", "/admin/cardapp/book/1/change/",
    "/admin/cardapp/book/1/history/", "/admin/cardapp/book/1/delete/", "/admin/auth/user/", "/admin/auth/user/1/change/", "/admin/login/", "/admin/nowhere/", "/admin/jsi18n/"]]
