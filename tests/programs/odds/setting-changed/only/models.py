from django.core.mail import send_mail
from django.test.signals import setting_changed, template_rendered
from django.dispatch import receiver
seen = []
@receiver(setting_changed)
def note(setting, value, enter, **kw):
    seen.append([setting, value, enter])
    send_mail("s", "", None, ["s@example.com"])
