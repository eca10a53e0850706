# intent: - | it
from django.db import connection, models
from django.core.mail import send_mail
from django.db.models.signals import post_save
class Late(models.Model):
    class Meta:
        app_label='cardapp'
with connection.schema_editor() as e:
    e.create_model(Late)
post_save.connect(lambda **k: send_mail('late','',None,['x@example.com']), sender=Late, weak=False)
Late.objects.create()
