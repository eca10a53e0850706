# control: none: the control has no Django settings
from django.conf import settings
if TARGET["canary"] in repr(getattr(settings, "SECRET_KEY", "")):
    breach("the site's key")
