"""Who teaches: superusers, and staff in one of the groups that the migrations make."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

GROUPS = ("Instructors", "Editors")


def teaches(user: Any) -> bool:
    """Return whether this user may have groups of learners."""
    if not (user.is_active and user.is_staff):
        return False
    return bool(user.is_superuser or user.groups.filter(name__in=GROUPS).exists())


def instructors_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 to everybody else: nobody learns which groups there are."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not teaches(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapper
