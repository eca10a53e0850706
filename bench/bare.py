"""Less than the same work by a cold start: a plain Python and Django, tables, setup, one case.

python bare.py FOLDER prints how many emails the case sent, and nothing of why: no recording, no
report, no content types or permissions. FOLDER holds cardapp/, setup.py and case.py. Tables are
made directly: migrate would cost some 85 ms more.
"""

import sys
from pathlib import Path

folder = Path(sys.argv[1])
sys.path[0] = str(folder)

import django  # noqa: E402
from django.conf import settings  # noqa: E402

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
MAIL = (
    {"MAILERS": {"default": {"BACKEND": LOCMEM}}}
    if django.VERSION >= (6, 1)
    else {"EMAIL_BACKEND": LOCMEM}
)
settings.configure(
    SECRET_KEY="bare",  # noqa: S106 - nothing is signed with it
    USE_TZ=True,
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "cardapp",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    **MAIL,
)
django.setup()

from django.apps import apps  # noqa: E402
from django.core import mail  # noqa: E402
from django.db import connection  # noqa: E402

mail.outbox = []
with connection.schema_editor() as editor:
    for model in apps.get_models():
        editor.create_model(model)
for name in ("setup.py", "case.py"):
    code = compile((folder / name).read_text(), name, "exec")
    exec(code, {"__name__": name})  # noqa: S102 - a card of this repository, to be measured
print(len(mail.outbox))
