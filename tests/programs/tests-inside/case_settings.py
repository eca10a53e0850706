# intent: - | override, modify, and what stays
from django.conf import settings
from django.test import modify_settings, override_settings
seen = []
with override_settings(DEBUG=True, TIME_ZONE="Europe/Paris", LANGUAGE_CODE="de"):
    from django.utils import timezone
    seen += [settings.DEBUG, str(timezone.get_default_timezone())]
with modify_settings(MIDDLEWARE={"remove": "django.contrib.messages.middleware.MessageMiddleware"}):
    seen.append(len(settings.MIDDLEWARE))
with override_settings():
    del settings.DEFAULT_FROM_EMAIL
    seen.append(hasattr(settings, "DEFAULT_FROM_EMAIL"))
RESULT = seen + [settings.DEBUG, len(settings.MIDDLEWARE), settings.DEFAULT_FROM_EMAIL, settings.is_overridden("EMAIL_BACKEND")]
