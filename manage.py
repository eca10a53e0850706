#!/usr/bin/env python
"""Django's command line for this project."""

import os
import secrets
import sys

# These sign nothing, open no session and touch no database: they run on a bare clone.
WITHOUT_SECRET = {"sandbox", "sandbox_selftest"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")
    if WITHOUT_SECRET.intersection(sys.argv[1:2]):
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
