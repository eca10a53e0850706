from django.urls import path
from .admin import own
urlpatterns=[path("own/", own.urls)]
