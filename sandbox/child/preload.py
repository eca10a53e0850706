"""Modules that programs import late: loaded before a run, so that none has to be found then."""

from __future__ import annotations

import contextlib
import importlib

# Standard library and Django without its contrib apps: no model is made by any of them.
_PLAIN = """
abc argparse array ast asyncio base64 bisect calendar cmath collections.abc concurrent.futures
concurrent.futures.thread configparser contextlib contextvars copy csv ctypes dataclasses datetime
decimal difflib email email.mime.application email.mime.audio email.mime.base email.mime.image
email.mime.message email.mime.multipart email.mime.nonmultipart email.mime.text email.policy
email.utils encodings.ascii encodings.idna encodings.latin_1 encodings.utf_8 enum fnmatch
fractions functools gc getpass glob gzip hashlib heapq hmac html html.parser http.client
http.cookies imaplib inspect io itertools json linecache locale logging logging.config
logging.handlers math mimetypes operator os pathlib pickle pprint queue quopri random re secrets
shutil signal smtplib socket sqlite3 ssl statistics string stringprep struct tempfile textwrap
threading time timeit traceback types typing unicodedata unittest unittest.async_case
unittest.mock urllib.parse uuid warnings weakref xml.dom.minidom xml.sax zipfile zoneinfo
asgiref.local asgiref.sync sqlparse django django.apps django.conf
django.core.cache.backends.locmem django.core.checks django.core.exceptions django.core.files.base
django.core.files.storage django.core.handlers.asgi django.core.handlers.wsgi django.core.mail
django.core.mail.backends.console django.core.mail.backends.dummy
django.core.mail.backends.filebased django.core.mail.backends.locmem
django.core.mail.backends.smtp django.core.management django.core.management.base
django.core.management.color django.core.management.commands.check
django.core.management.commands.dumpdata django.core.management.commands.flush
django.core.management.commands.loaddata django.core.management.commands.migrate
django.core.management.sql django.core.paginator django.core.serializers
django.core.serializers.json django.core.serializers.python django.core.servers.basehttp
django.core.signing django.core.validators django.db django.db.backends.sqlite3.base
django.db.backends.sqlite3.creation django.db.backends.sqlite3.introspection
django.db.backends.sqlite3.schema django.db.migrations.autodetector django.db.migrations.executor
django.db.models django.db.models.functions django.db.models.sql.compiler
django.db.models.sql.subqueries django.db.transaction django.db.utils django.dispatch django.forms
django.forms.models django.http django.middleware.common django.middleware.csrf django.shortcuts
django.template django.template.backends.django django.template.context_processors
django.template.defaulttags django.template.loader_tags django.template.loaders.app_directories
django.template.loaders.cached django.template.loaders.filesystem django.template.response
django.templatetags.cache django.templatetags.i18n django.templatetags.l10n
django.templatetags.static django.templatetags.tz django.test django.test.client
django.test.signals django.test.utils django.urls django.utils.autoreload django.utils.crypto
django.utils.encoding django.utils.formats django.utils.html django.utils.module_loading
django.utils.safestring django.utils.text django.utils.timezone django.utils.translation
django.utils.translation.trans_real django.views django.views.csrf django.views.debug
django.views.decorators.csrf django.views.decorators.http django.views.defaults
django.views.generic
""".split()  # noqa: SIM905 - a list of names reads better as words

# Modules of the base apps; they need the registry.
_CONTRIB = """
admin.actions admin.decorators admin.forms admin.helpers admin.models admin.options
admin.templatetags.admin_list admin.templatetags.admin_modify admin.templatetags.admin_urls
admin.templatetags.base admin.templatetags.log admin.utils admin.views.main admin.widgets
auth.admin auth.backends auth.base_user auth.context_processors auth.decorators auth.forms
auth.handlers.modwsgi auth.hashers auth.management.commands.changepassword
auth.management.commands.createsuperuser auth.middleware auth.mixins auth.models
auth.password_validation auth.signals auth.tokens auth.urls auth.validators auth.views
contenttypes.admin contenttypes.fields contenttypes.forms contenttypes.models messages.api
messages.context_processors messages.middleware messages.storage.cookie messages.storage.fallback
messages.storage.session messages.views sessions.backends.db sessions.middleware sessions.models
sessions.serializers staticfiles.finders staticfiles.storage
""".split()  # noqa: SIM905 - a list of names reads better as words


def plain() -> None:
    """Import what makes no models."""
    for name in _PLAIN:
        # A name may be missing on one of the versions of Python or Django.
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def contrib() -> None:
    """Import what belongs to the base apps, and make their URLs once."""
    from django.urls import get_resolver

    for name in _CONTRIB:
        with contextlib.suppress(ImportError):
            importlib.import_module(f"django.contrib.{name}")
    assert get_resolver().url_patterns  # noqa: S101 - loads the admin's views
