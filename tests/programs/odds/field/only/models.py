from django.core.mail import send_mail
from django.db import models


class Upper(models.CharField):
    def pre_save(self, instance, add):
        send_mail("pre", "", None, ["x@example.com"])
        return super().pre_save(instance, add).upper()


class Meta(models.base.ModelBase):
    def __new__(cls, name, bases, attrs, **kw):
        return super().__new__(cls, name, bases, attrs, **kw)


class Thing(models.Model, metaclass=Meta):
    v = Upper(max_length=20)
    g = models.GeneratedField(expression=models.F("id") * 2, output_field=models.IntegerField(), db_persist=True)
    d = models.IntegerField(db_default=5)
