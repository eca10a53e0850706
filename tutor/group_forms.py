"""Forms of groups: making one, joining one."""

from __future__ import annotations

from typing import Any

from django import forms

from questions.models import Case
from tutor.card_choices import askable
from tutor.models import LearnerGroup, Membership
from tutor.models.group import LENGTH, clean_code
from tutor.models.visit import Sure


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
        group = LearnerGroup.objects.filter(code=code).first() if len(code) == LENGTH else None
        if group and group.archived:
            raise forms.ValidationError(f"{group.name} takes nobody in any more.")
        if group is None:
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

    def __init__(self, *args: Any, group: LearnerGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        self.fields["name"].widget.attrs["autocomplete"] = "nickname"

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        there = self.group.memberships.values_list("name", flat=True)
        if name.casefold() in {each.casefold() for each in there}:
            raise forms.ValidationError(
                f"{name} is in this group already. Add a letter, “{name[:38]} B” say."
            )
        return name


class CaseForm(forms.Form):
    """A case to ask in class."""

    case = forms.ModelChoiceField(Case.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cases = askable().select_related("card")
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]


class LiveForm(forms.Form):
    """A prediction made in class."""

    emails = forms.IntegerField(
        min_value=0, max_value=99, error_messages={"required": "Say a number."}
    )
    sure = forms.ChoiceField(required=False, choices=[("", ""), *Sure.choices])
    round = forms.IntegerField(min_value=1, max_value=2)
