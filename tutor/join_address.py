"""Where learners join: the address to read aloud or to scan, and whether other devices reach it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from questions import address
from tutor.models import LearnerGroup


@dataclass(frozen=True)
class JoinAddress:
    """`page` is what to type, `link` joins at once; `local` when only this machine reaches it."""

    page: str
    link: str
    local: bool

    @property
    def qr(self) -> SafeString:
        """Return the link as a QR code, dark on light on every page: scanners expect it so."""
        code = segno.make(self.link, error="m", micro=False, boost_error=False)
        # It has numbers and colours in it, and not the link itself.
        drawing = code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, light="#fff")
        return mark_safe(drawing)  # noqa: S308


def join_address(request: HttpRequest, group: LearnerGroup) -> JoinAddress:
    """Return where the group is joined."""
    base = address.base(request)
    return JoinAddress(
        page=f"{urlsplit(base).netloc}{reverse('tutor:join')}",
        link=f"{base}{reverse('tutor:join_group', args=[group.code])}",
        local=address.is_local(base),
    )
