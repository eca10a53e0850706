# twice
# control: none: the control has no database of its own
from django.contrib.auth.models import User
if User.objects.filter(username="left").exists():
    breach("a row of an earlier run")
User.objects.create(username="left")
