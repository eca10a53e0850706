"""Forms of the learner's pages."""

from __future__ import annotations

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.http import QueryDict

from questions.models import Card, Topic
from tutor.kinds import KINDS
from tutor.models import Quiz
from tutor.models.visit import Sure

LENGTHS = [(3, "3"), (5, "5"), (10, "10"), (20, "20")]
CHOICES = "tutor/_choices.html"


class QuizForm(forms.ModelForm):
    """Everything but the length may be left as it is: nothing chosen means all."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    length = forms.TypedChoiceField(
        choices=LENGTHS, coerce=int, initial=5, widget=forms.RadioSelect, label="Questions"
    )
    difficulties = forms.TypedMultipleChoiceField(
        choices=Card.Difficulty.choices, coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple, label="Difficulty",
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="Kinds of question"
    )
    only = forms.ChoiceField(
        choices=Quiz.Only.choices, required=False, widget=forms.RadioSelect, label="Cards"
    )
    show_time = forms.BooleanField(required=False, label="Show the time I take")
    token = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Quiz
        fields = ("length", "difficulties", "kinds", "only", "show_time")

    def __init__(self, *args: Any, missed: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What is asked again is as much as was missed, however long the quiz may be.
        count = f"{missed} question{'s' * (missed != 1)}" if missed else "nothing yet"
        self.fields["only"].choices = [  # type: ignore[attr-defined]
            (value, f"{label} ({count})" if value == Quiz.Only.WRONG else label)
            for value, label in Quiz.Only.choices
        ]
        used = Topic.objects.filter(cards__status=Card.Status.PUBLISHED).distinct()
        self.fields["topics"].queryset = used  # type: ignore[attr-defined]
        self.fields["kinds"].choices = [  # type: ignore[attr-defined]
            (name, kind.TITLE) for name, kind in KINDS.items()
        ]
        self.fields["token"].initial = uuid.uuid4
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.form_show_errors = False  # the page and each field say their own
        chosen = any(self[name].value() for name in ("difficulties", "kinds", "only", "show_time"))
        self.helper.layout = Layout(
            Field("topics", template=CHOICES),
            Field("length", template=CHOICES),
            Div(
                Field("difficulties", template=CHOICES),
                Field("kinds", template=CHOICES),
                Field("only", template=CHOICES),
                Field("show_time", template="tutor/_tick.html"),
                template="tutor/_more.html",
                css_class="open" if chosen else "",
            ),
            "token",
        )

    @staticmethod
    def asked(query: QueryDict) -> dict[str, Any]:
        """Return what an address asks for: topic (slugs), kind (names), only."""
        return {
            "topics": list(Topic.objects.filter(slug__in=query.getlist("topic"))),
            "kinds": [name for name in query.getlist("kind") if name in KINDS],
            "only": query.get("only") if query.get("only") in Quiz.Only.values else "",
        }


class GradeForm(forms.Form):
    """`grade` is 1-4; `idea` holds the number of each idea that was in the learner's words.

    `was` is the grade that the page showed.
    """

    grade = forms.IntegerField(min_value=1, max_value=4)
    was = forms.IntegerField(required=False)
    idea = forms.TypedMultipleChoiceField(
        required=False, coerce=int, choices=[(number, number) for number in range(5)]
    )


class ShowForm(forms.Form):
    """A prediction if one was made; `nth` and `digest` say what was on the page."""

    nth = forms.IntegerField(min_value=1)
    digest = forms.CharField(required=False, max_length=64)
    emails = forms.IntegerField(required=False, min_value=0, max_value=99)
    sure = forms.ChoiceField(required=False, choices=[("", ""), *Sure.choices])


class RateForm(forms.Form):
    nth = forms.IntegerField(min_value=1)
    rating = forms.IntegerField(min_value=1, max_value=4)
