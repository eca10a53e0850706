# intent: - | a request without a client
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from cardapp.models import Row
def view(request):
    Row.objects.create(name=request.GET["n"])
    return HttpResponse("ok")
r = RequestFactory().get("/x/", {"n": "f"})
r.user = AnonymousUser()
RESULT = view(r).content.decode()
