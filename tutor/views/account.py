"""Accounts: the doors in and out, the password, and leaving for good."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutor import learner, tries
from tutor import sign_in_link as link
from tutor.account_forms import (
    DeleteForm,
    EmailForm,
    FirstPasswordForm,
    NewPasswordForm,
    SignInForm,
    SignUpForm,
)

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "tutor/account.html")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("tutor:account")
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.save(), backend=BACKEND)
        _join(request)
        return redirect(_next(request))
    return render(request, "tutor/sign_up.html", {"form": form, "next": _next(request)})


@never_cache
@sensitive_post_parameters()
def sign_in(request: HttpRequest) -> HttpResponseBase:
    response = auth.LoginView.as_view(
        template_name="tutor/sign_in.html",
        authentication_form=SignInForm,
        redirect_authenticated_user=True,
    )(request)
    if request.method == "POST" and request.user.is_authenticated:
        _join(request)
    form = getattr(response, "context_data", {}).get("form")
    return _refused(response, form.wait) if form and form.wait else response


def _refused(response: HttpResponseBase, wait: int) -> HttpResponseBase:
    """Mark an answer as one to somebody who tried too often; `wait` is in seconds."""
    response.status_code = 429
    response.headers["Retry-After"] = str(wait)
    return response


def _join(request: HttpRequest) -> None:
    """Say what becomes of a guest's rows while they join the account."""
    if learner.SESSION_KEY in request.session and learner.of(request):
        messages.success(request, "What you did before is in your account now.")


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe else "/"


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(request, "You are signed out.")
    return redirect("/")


@require_safe
@never_cache
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    if user := link.spend(token):
        login(request, user, backend=BACKEND)
        return redirect("admin:index" if user.is_staff else "/")
    old = f"is over {link.MINUTES} minutes old"
    words = "For another one stop the site and start make run again, or ask whoever runs it."
    messages.warning(request, f"This link was used or {old}. {words}")
    return redirect("tutor:sign_in")


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def account_email(request: HttpRequest) -> HttpResponse:
    """Add, change or take away the address for a forgotten password."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101  login_required
    form = EmailForm(user, request.POST or None, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        user.email = form.cleaned_data["email"]
        user.save(update_fields=["email"])
        messages.success(request, "The address is kept." if user.email else "No address is kept.")
        return redirect("tutor:account")
    return render(request, "tutor/account_email.html", {"form": form})


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)  # noqa: S101  login_required
    form = DeleteForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        logout(request)
        user.delete()
        messages.info(request, "Your account and everything kept with it are gone.")
        return redirect("/")
    return render(request, "tutor/account_delete.html", {"form": form})


@never_cache
@login_required
def password_change(request: HttpRequest) -> HttpResponseBase:
    """Change the password, or set a first one for whoever came by a link and has none."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101  login_required
    form = NewPasswordForm if user.has_usable_password() else FirstPasswordForm
    return auth.PasswordChangeView.as_view(
        template_name="tutor/password_change.html",
        success_url=reverse_lazy("tutor:password_changed"),
        form_class=form,
    )(request)


@require_http_methods(["GET", "HEAD", "POST"])
def password_reset(request: HttpRequest) -> HttpResponseBase:
    """Send a link by email; the same answer whether an account has the address or not."""
    form = PasswordResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            tries.take(request, "reset", form.cleaned_data["email"])
        except tries.TooOften as reason:
            form.add_error(None, str(reason))
            page = render(
                request, "tutor/password_reset.html", {"form": form, "printed": _is_printed}
            )
            return _refused(page, reason.wait)
    return _password_reset(request)


def _is_printed() -> bool:
    """Return whether this site prints its emails instead of sending them."""
    mailers = getattr(settings, "MAILERS", None)  # from Django 6.1 on
    backend = mailers["default"]["BACKEND"] if mailers else settings.EMAIL_BACKEND
    return backend == "django.core.mail.backends.console.EmailBackend"


_password_reset = auth.PasswordResetView.as_view(
    template_name="tutor/password_reset.html",
    email_template_name="tutor/password_reset_email.txt",
    subject_template_name="tutor/password_reset_subject.txt",
    success_url=reverse_lazy("tutor:password_reset_sent"),
    extra_context={"printed": _is_printed},
)
password_reset_sent = auth.PasswordResetDoneView.as_view(
    template_name="tutor/password_reset_sent.html", extra_context={"printed": _is_printed}
)
password_set = auth.PasswordResetConfirmView.as_view(
    template_name="tutor/password_set.html",
    success_url=reverse_lazy("tutor:password_changed"),
    form_class=FirstPasswordForm,
)


@require_safe
def password_changed(request: HttpRequest) -> HttpResponse:
    messages.success(request, "The new password is set.")
    return redirect("tutor:account")
