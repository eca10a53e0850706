from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "shop"
    label = "corner"

    def ready(self):
        from . import signals  # noqa: F401
