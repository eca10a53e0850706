# intent: - | it
from cardapp.models import Staff
from django.contrib.auth.models import User
Staff.objects.create(username='a'); User.objects.create(username='b'); User.objects.update_or_create(username='b', defaults={'email':'b@example.com'})
