from django.apps import AppConfig

class One(AppConfig):
    name = "cardapp"
    def ready(self):
        raise RuntimeError

class Two(AppConfig):
    name = "cardapp"
    verbose_name = "Two"
