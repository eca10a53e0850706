"""The form that sets a quiz for a group."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from questions.models import Card
from tutor import sitting, zone
from tutor.card_choices import by_topic
from tutor.forms import LENGTHS
from tutor.kinds import KINDS
from tutor.models import Assignment


class DueForm(forms.ModelForm):
    """What may change once learners sit it: its name and when it is due."""

    due_at = forms.DateTimeField(
        required=False,
        label="Due",
        help_text="You may leave it out. What is finished later is marked as late.",
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "field"}, format="%Y-%m-%dT%H:%M"
        ),
    )

    zone = forms.ChoiceField(
        required=False,
        label="Time zone of the due time",
        widget=forms.Select(attrs={"class": "field"}),
    )

    class Meta:
        model = Assignment
        fields: tuple[str, ...] = ("name", "due_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "zone"), "zone"])
        self.fields["zone"].initial = zone.current()
        self.fields["zone"].choices = zone.choices(zone.current())  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        """Read the due time in the zone that is chosen beside it."""
        with timezone.override(zone.named(self.data.get("zone", "")) or zone.current()):
            super().full_clean()

    def clean_due_at(self) -> datetime | None:
        """Refuse a time that is past, unless it is the one that was set before."""
        due: datetime | None = self.cleaned_data["due_at"]
        before, now = self.initial.get("due_at"), timezone.now()
        # The field knows no seconds.
        kept = before and due == before.replace(second=0, microsecond=0)
        if due and due < now and not kept:
            here = timezone.localtime(now)
            said = f"This time is past: it is {here:%H:%M} {zone.words(zone.current())} now."
            raise forms.ValidationError(said)
        return due


class AssignmentForm(DueForm):
    """Cards are needed; no kind chosen means all kinds."""

    cards = forms.ModelMultipleChoiceField(
        Card.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one card."},
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

    class Meta(DueForm.Meta):
        fields = ("name", "cards", "kinds", "length", "due_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cards"].queryset = Card.objects.published()  # type: ignore[attr-defined]
        self.fields["cards"].choices = [  # type: ignore[attr-defined]
            (topic, [(card.pk, str(card)) for card in cards])
            for topic, cards in by_topic(Card.objects.published())
        ]
        self.fields["kinds"].choices = [  # type: ignore[attr-defined]
            (name, kind.TITLE) for name, kind in KINDS.items()
        ]

    def fix_questions(self) -> bool:
        """Choose what everybody is asked; return False, with the reason, when there is nothing."""
        one, data = self.instance, self.cleaned_data
        cards = data["cards"].order_by("number").values_list("pk", flat=True)
        one.questions = sitting.fixed(cards, data["kinds"], data["length"], one.token)
        if not one.questions:
            self.add_error(None, "These cards have no question of these kinds. Tick others, too.")
        return bool(one.questions)
