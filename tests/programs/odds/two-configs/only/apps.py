from django.apps import AppConfig

class One(AppConfig):
    name = "cardapp"

class Two(AppConfig):
    name = "cardapp"
