# expect: ok
# control: none: it is about the length of the report
from django.db import models
meta = {"app_label": "cardapp", "db_table": "django_content_type"}
for number in range(150):
    body = {"__module__": "cardapp.models", "Meta": type("Meta", (), meta)}
    type("M" * 4000 + str(number), (models.Model,), body)
