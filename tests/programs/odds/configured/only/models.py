from django.conf import settings

HAD = settings.configured
settings.configure(DEBUG=True)
