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
    path("cards/<slug:slug>/ledger/", views.card_ledger, name="card_ledger"),
    path("cards/<slug:slug>/hint/", views.card_hint, name="card_hint"),
    path("cards/<slug:slug>/words/", views.card_words, name="card_words"),
    path("cards/<slug:slug>/explain/", views.card_explain, name="card_explain"),
    path("cards/<slug:slug>/show/", views.card_show, name="card_show"),
    path("cards/<slug:slug>/ideas/", views.card_ideas, name="card_ideas"),
    path("cards/<slug:slug>/anew/", views.card_anew, name="card_anew"),
    path("cards/<slug:slug>/rate/", views.card_rate, name="card_rate"),
    path("cards/<slug:slug>/fix/", views.card_fix, name="card_fix"),
    path("cards/<slug:slug>/fix/draft/", views.card_draft, name="card_draft"),
    path("cards/<slug:slug>/fix/reset/", views.card_reset, name="card_reset"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("playground/", views.playground, name="playground"),
    path("playground/draft/", views.playground_draft, name="playground_draft"),
    path("keys/", views.keys, name="keys"),
    path("keys/switch/", views.keys_switch, name="keys_switch"),
    path("stop/", views.stop, name="stop"),
    path("theme/", views.theme, name="theme"),
]
