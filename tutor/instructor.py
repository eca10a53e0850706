"""Who teaches: superusers, and staff in one of the groups that the migrations make."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

GROUPS = ("Instructors", "Editors")


def teaches(user: Any) -> bool:
    """Return whether this user may have groups of learners."""
    if not (user.is_active and user.is_staff):
        return False
    return bool(user.is_superuser or _group_of(user))


def group_without_staff(user: Any) -> str:
    """Return which group is meant to teach where "Staff status" is missing for it; else ""."""
    return "" if user.is_staff or not user.is_active else _group_of(user)


def _group_of(user: Any) -> str:
    return user.groups.filter(name__in=GROUPS).values_list("name", flat=True).first() or ""


def _door(request: HttpRequest) -> HttpResponse:
    if "HX-Request" in request.headers:
        # Part of a page whose session ended: the page reads itself again, and comes here.
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    # What was sent cannot be sent again: back to the start of the instructor's pages.
    read = request.method in ("GET", "HEAD")
    return redirect_to_login(request.get_full_path() if read else reverse("tutor:groups"))


def instructors_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 to everybody else: nobody learns which groups there are.

    Who is meant to teach and lacks one tick is told so, at every address alike.
    Whoever is not signed in is asked to, at every address alike.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _door(request)
        if group := group_without_staff(request.user):
            return render(request, "tutor/_not_staff.html", {"group": group}, status=403)
        if not teaches(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapper
