"""Where learners join: the address to read aloud, and whether other devices can reach it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse

from questions import address
from tutor.models import LearnerGroup


@dataclass(frozen=True)
class JoinAddress:
    """`page` is what to type, `link` joins at once; `local` when only this machine reaches it."""

    page: str
    link: str
    local: bool


def join_address(request: HttpRequest, group: LearnerGroup) -> JoinAddress:
    """Return where the group is joined."""
    base = address.base(request)
    return JoinAddress(
        page=f"{urlsplit(base).netloc}{reverse('tutor:join')}",
        link=f"{base}{reverse('tutor:join_group', args=[group.code])}",
        local=address.is_local(base),
    )
