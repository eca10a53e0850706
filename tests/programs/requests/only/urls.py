from django.urls import path

from . import views

urlpatterns = [
    path("add/", views.add), path("<int:pk>/lines/", views.lines), path("crash/", views.crash),
    path("crash-plain/", views.crash_plain), path("list/", views.listing), path("private/", views.private),
    path("slow/", views.slow), path("make/", views.Make.as_view()), path("<int:pk>/change/", views.Change.as_view()),
    path("<int:pk>/remove/", views.Remove.as_view()), path("up/", views.Up.as_view()),
]
