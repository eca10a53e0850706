from django.contrib import admin
from .models import Row
class Own(admin.AdminSite):
    site_header="x"
own=Own(name="own")
own.register(Row)
admin.site.site_header="y"
