from django.urls import path
from .views import missing

urlpatterns = [path("", missing)]
