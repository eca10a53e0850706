"""Forms of groups: making one, joining one."""

from __future__ import annotations

from typing import Any

from django import forms

from tutor.models import LearnerGroup, Membership
from tutor.models.group import LENGTH, clean_code


class GroupForm(forms.ModelForm):
    class Meta:
        model = LearnerGroup
        fields = ("name",)
        labels = {"name": "Name of the group"}


class CodeForm(forms.Form):
    """A join code as typed, with or without the space; valid when such a group is there."""

    code = forms.CharField(
        label="Join code",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = clean_code(self.cleaned_data["code"])
        if len(code) != LENGTH or not LearnerGroup.objects.filter(code=code).exists():
            raise forms.ValidationError(
                f"No group has this code. A code has {LENGTH} letters; ask for it again."
            )
        return code


class JoinForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ("name",)
        labels = {"name": "Your name in this group"}
        help_texts = {"name": "The instructor sees it; other learners do not."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "nickname"
