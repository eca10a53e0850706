"""Forms of the accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UserCreationForm
from django.contrib.auth.models import User


class SignInForm(AuthenticationForm):
    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "The name or the password is not right. Capitals count in both.",
    }


class SignUpForm(UserCreationForm):
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password2"].help_text = "The same once more."


class DeleteForm(forms.Form):
    """The password once more; without one, the name."""

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
            raise forms.ValidationError("That is not it. Nothing was deleted.")
        return proof
