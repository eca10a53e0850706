"""Where learners join: the address to read aloud, and whether other devices can reach it."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from tutor.models import LearnerGroup


@dataclass(frozen=True)
class JoinAddress:
    """`page` is what to type, `link` joins at once; `local` when only this machine reaches it."""

    page: str
    link: str
    local: bool


def join_address(request: HttpRequest, group: LearnerGroup) -> JoinAddress:
    """Return where the group is joined: at SITE_URL if it is set, else where the request came to.

    A host in a request is one of ALLOWED_HOSTS, or Django has refused it.
    """
    base = settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")
    return JoinAddress(
        page=f"{urlsplit(base).netloc}{reverse('tutor:join')}",
        link=f"{base}{reverse('tutor:join_group', args=[group.code])}",
        local=is_loopback(urlsplit(base).hostname or ""),
    )


def is_loopback(host: str) -> bool:
    """Return whether a host name or address is the machine itself (RFC 6761, RFC 6890)."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
