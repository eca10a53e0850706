"""The site's own address, and whether other machines can reach it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def base(request: HttpRequest) -> str:
    """Return SITE_URL if it is set, else where the request came to.

    A host in a request is one of ALLOWED_HOSTS, or Django has refused it.
    """
    return settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")


def is_local(base: str) -> bool:
    """Return whether only this machine finds the address (RFC 6761, RFC 6890)."""
    host = urlsplit(base).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
