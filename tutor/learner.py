"""Who is asking: the learner behind a request, and the merge of a guest into an account."""

from __future__ import annotations

import uuid
from typing import Literal, overload

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from tutor.merge import merge
from tutor.models import Learner

SESSION_KEY = "learner"


@overload
def of(request: HttpRequest, *, create: Literal[True]) -> Learner: ...
@overload
def of(request: HttpRequest, *, create: bool = False) -> Learner | None: ...
def of(request: HttpRequest, *, create: bool = False) -> Learner | None:
    """Return the learner of this request; None for somebody who has kept nothing yet.

    A guest's rows join the account on the first request after signing in, whichever door
    the account came through. With `create` a learner is made: do so on the first write only.
    """
    if not request.user.is_authenticated:
        return _guest(request) or (_new_guest(request) if create else None)
    guest = _guest(request)
    if guest is None and not create:
        return Learner.objects.filter(user=request.user).first()
    with transaction.atomic():
        learner, _ = Learner.objects.get_or_create(user=request.user)
        if guest:
            merge(guest, into=learner)
    request.session.pop(SESSION_KEY, None)
    return learner


def known(request: HttpRequest) -> Learner | None:
    """Return the learner of this request as `of` does, and write nothing."""
    if guest := _guest(request):
        return guest
    if not request.user.is_authenticated:
        return None
    return Learner.objects.filter(user=request.user).first()


def _guest(request: HttpRequest) -> Learner | None:
    if kept := request.session.get(SESSION_KEY):
        return Learner.objects.filter(pk=uuid.UUID(kept), user=None).first()
    return None


def _new_guest(request: HttpRequest) -> Learner:
    learner = Learner.objects.create()
    request.session[SESSION_KEY] = str(learner.pk)
    words = 'Kept in this browser. <a href="{}">Sign up</a> to keep it for good.'
    link = format_html(words, reverse("tutor:sign_up"))
    messages.info(request, link, fail_silently=True)
    return learner
