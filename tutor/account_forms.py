"""Forms of the accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    SetPasswordForm,
    UserCreationForm,
)
from django.contrib.auth.models import User

from tutor import tries
from tutor.instructor import group_without_staff


class Limited(AuthenticationForm):
    """A sign-in that can be tried only so often; `wait` is in seconds, 0 when it was let in."""

    wait = 0

    def clean(self) -> dict[str, Any]:
        name, password = (self.cleaned_data.get(each) for each in ("username", "password"))
        if not (name and password and self.request):
            return super().clean()
        try:
            taken = tries.take(self.request, "sign-in", name)
        except tries.TooOften as reason:
            self.wait = reason.wait
            raise forms.ValidationError(str(reason), code="too_often") from reason
        cleaned = super().clean()
        tries.give_back(taken)
        return cleaned


class SignInForm(Limited):
    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "The name or the password is not right. Capitals count in both.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Name"


class StaffSignInForm(Limited, AdminAuthenticationForm):
    """The admin's own door, with the same limit."""

    def confirm_login_allowed(self, user: Any) -> None:
        """Tell who is meant to teach what is missing; only the right password comes so far."""
        if group := group_without_staff(user):
            raise forms.ValidationError(
                f"Your account is in the group {group} but has no “Staff status”. A superuser "
                "ticks it in your user's Permissions."
            )
        super().confirm_login_allowed(user)


class BelowTheFirst:
    """What a password lacks is said below it, not below the field that only repeats it."""

    def validate_password_for_user(self, user: User, *field: str) -> None:
        """Take what Django's forms give: the user, and the field if it is not "password2"."""
        below = field[0] if field else "password2"
        super().validate_password_for_user(user, below.replace("2", "1"))  # type: ignore[misc]


class FirstPasswordForm(BelowTheFirst, SetPasswordForm):
    """A password for whoever has none, or forgot it."""


class NewPasswordForm(BelowTheFirst, PasswordChangeForm):
    """Another password for whoever knows the one of now."""


class SignUpForm(BelowTheFirst, UserCreationForm):
    """A name and a password; an address only for whoever may forget the password."""

    email = forms.EmailField(
        required=False,
        help_text="Only to set a new password when this one is forgotten. You may leave it out.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    class Meta:
        model = User
        fields = ("username", "email")
        labels = {"username": "Name"}
        help_texts = {"username": "Letters, digits and @ . + - _"}
        error_messages = {
            "username": {
                "invalid": "A name has letters, digits and @ . + - _ and nothing else.",
                "unique": "Somebody has that name already. Choose another one.",
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password2"].help_text = "The same once more."


class ProofForm(forms.Form):
    """The password once more; without one, the name."""

    WRONG = "That is not it. Nothing was changed."

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user.has_usable_password():
            self.fields["proof"] = forms.CharField(
                label="Your password",
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            )
        else:
            self.fields["proof"] = forms.CharField(label=f"Type your name, {user.username}")

    def clean_proof(self) -> str:
        proof, user = self.cleaned_data["proof"], self.user
        known = user.has_usable_password()
        if not (user.check_password(proof) if known else proof == user.get_username()):
            raise forms.ValidationError(self.WRONG)
        return proof


class DeleteForm(ProofForm):
    """What deleting an account takes."""

    WRONG = "That is not it. Nothing was deleted."


class EmailForm(ProofForm):
    """The address for a forgotten password; an empty one takes it away."""

    email = forms.EmailField(
        required=False,
        help_text="Only to set a new password when this one is forgotten. Empty: none is kept.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
