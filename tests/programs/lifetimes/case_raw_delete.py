# intent: - | _raw_delete and raw SQL send nothing
from django.db import connection
from django.db.models.signals import post_delete, post_save
from cardapp.models import Thing, mail
def f(**kw):
    mail("f")
post_delete.connect(f)
post_save.connect(f)
Thing.objects.bulk_create([Thing(name="a"), Thing(name="b")])
Thing.objects.filter(name="a")._raw_delete("default")
with connection.cursor() as cur:
    cur.execute("INSERT INTO cardapp_thing (name) VALUES (%s)", ["c"])
    cur.executemany("INSERT INTO cardapp_thing (name) VALUES (%s)", [["d"], ["e"]])
RESULT = Thing.objects.raw("SELECT * FROM cardapp_thing ORDER BY id")[0].name
