# intent: - | lazy and strange values
from django.core.mail import send_mail
from django.utils.translation import gettext_lazy as _
send_mail(_("Yes"), _("No"), None, (x for x in ["a@example.com"]) and ["ünï@example.com", '"A, B" <ab@example.com>'])
