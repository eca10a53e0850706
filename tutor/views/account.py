"""Accounts: the doors in and out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tutor import sign_in_link as link


@require_safe
@never_cache
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    if user := link.spend(token):
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("admin:index" if user.is_staff else "/")
    messages.warning(request, "This link was used or is over 15 minutes old. Ask for another one.")
    return redirect("/account/sign-in/")
