"""The form that sets a quiz for a group."""

from __future__ import annotations

from typing import Any

from django import forms

from questions.models import Card
from tutor.forms import LENGTHS
from tutor.kinds import KINDS
from tutor.models import Assignment


class AssignmentForm(forms.ModelForm):
    """Cards are needed; no kind chosen means all kinds."""

    cards = forms.ModelMultipleChoiceField(
        Card.objects.none(),
        widget=forms.SelectMultiple(attrs={"class": "field", "size": 10}),
        help_text="Hold Ctrl or Cmd to choose several.",
    )
    length = forms.TypedChoiceField(
        choices=LENGTHS,
        coerce=int,
        initial=5,
        label="Questions at most",
        widget=forms.Select(attrs={"class": "field"}),
    )
    kinds = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="Kinds of question"
    )
    due_at = forms.DateTimeField(
        required=False,
        label="Due, in UTC",
        help_text="You may leave it out. What is finished later is marked as late.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "field"}),
    )

    class Meta:
        model = Assignment
        fields = ("name", "cards", "kinds", "length", "due_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cards"].queryset = Card.objects.published()  # type: ignore[attr-defined]
        self.fields["kinds"].choices = [  # type: ignore[attr-defined]
            (name, kind.TITLE) for name, kind in KINDS.items()
        ]
