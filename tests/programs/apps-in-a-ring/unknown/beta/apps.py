from django.apps import AppConfig


class Beta(AppConfig):
    name = "beta"
