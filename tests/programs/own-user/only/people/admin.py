from django.contrib import admin
from django.contrib.auth.models import Group

from .models import Person

admin.site.unregister(Group)
admin.site.register(Person)
