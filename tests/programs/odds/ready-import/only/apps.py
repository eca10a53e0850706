from django.apps import AppConfig

class C(AppConfig):
    name = "cardapp"
    def ready(self):
        from . import signals
