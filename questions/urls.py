"""Pages about cards."""

from django.urls import path

from questions import views

app_name = "questions"
urlpatterns = [
    path("", views.home, name="home"),
    path("cards/", views.cards, name="cards"),
    path("cards/<slug:slug>/", views.card, name="card"),
    path("cards/<slug:slug>/predict/", views.card_predict, name="card_predict"),
    path("cards/<slug:slug>/run/", views.card_run, name="card_run"),
    path("cards/<slug:slug>/show/", views.card_show, name="card_show"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("keys/", views.keys, name="keys"),
    path("keys/switch/", views.keys_switch, name="keys_switch"),
    path("theme/", views.theme, name="theme"),
]
