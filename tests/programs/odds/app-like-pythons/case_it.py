# intent: - | an app called as a module of Python is
from calendar.models import Day

Day.objects.create()
