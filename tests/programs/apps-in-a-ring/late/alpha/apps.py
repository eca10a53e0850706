from django.apps import AppConfig


class AlphaConfig(AppConfig):
    name = "alpha"
    default_auto_field = "django.db.models.AutoField"

    def ready(self):
        import alpha.signals  # noqa: F401
