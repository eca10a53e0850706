# intent: - | raw=True, natural keys, both orders
import json
from django.core.management import call_command
json.dump([
    {"model": "auth.user", "pk": 50, "fields": {"username": "fix", "email": "fix@example.com", "password": "x"}},
    {"model": "cardapp.profile", "pk": 50, "fields": {"user": 50}},
    {"model": "auth.group", "fields": {"name": "loaded", "permissions": [["add_profile", "cardapp", "profile"]]}},
], open("all.json", "w"))
call_command("loaddata", "all.json", verbosity=0)
