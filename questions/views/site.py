"""What belongs to every page: the theme and the keys."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from questions import runs

YEAR = 365 * 24 * 60 * 60  # seconds


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme, light or dark, in a cookie; anything else follows the system again."""
    return _keep(request, "theme", request.POST.get("theme", ""), ("light", "dark"))


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    return render(request, "questions/keys.html")


@require_POST
def keys_switch(request: HttpRequest) -> HttpResponse:
    """Switch single keys off or on again; the choice is kept in a cookie."""
    return _keep(request, "keys", request.POST.get("keys", ""), ("off",))


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """End the run that this page began; its id is known to nobody else."""
    runs.stop(request.POST.get("run_id", ""))
    return HttpResponse(status=204)


def _keep(request: HttpRequest, name: str, value: str, known: tuple[str, ...]) -> HttpResponse:
    response = redirect(_back(request))
    if value in known:
        response.set_cookie(
            name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        response.delete_cookie(name, samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    """Return the page that the form came from, if it is one of ours."""
    there = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure())
    return there if ours else "/"
