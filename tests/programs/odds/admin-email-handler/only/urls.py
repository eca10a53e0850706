from django.urls import path
def crash(request):
    raise ValueError("x")
urlpatterns=[path("crash/", crash)]
