"""The forms of the card page, and the card that they say, saved or not."""

from __future__ import annotations

from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions import card_keys, card_write
from questions.admin.fields import (
    BugLinesField,
    CodeField,
    FilesField,
    LinesField,
    MarkdownField,
    ReferencesField,
    YamlField,
    unix,
)
from questions.card_data import CardData, CaseData, ClaimData, VersionData, with_intent
from questions.card_rows import read_claim, topics_in_order
from questions.models import Card, Case, Topic, Version

IMPORTS = "It begins with from cardapp.models import …"
SETUP_HELP = f"setup.py: rows that are there before each case; its emails do not count. {IMPORTS}"
ACTION_HELP = f"What happens; empty for a snippet's own lines. {IMPORTS}"
WANTED = ("wanted", "wanted_to", "wanted_subjects", "wanted_result")


class CardForm(forms.ModelForm):
    """What the learner reads."""

    main_topic = forms.ModelChoiceField(Topic.objects.all())
    other_topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    scenario = MarkdownField(help_text="The story, at most 80 words.")
    question = MarkdownField(rows=3, help_text="Asks for one thing.")
    explanation = MarkdownField(
        rows=10, help_text="The belief, that it is wrong, what really happens, how to notice it."
    )
    answer = MarkdownField(rows=4, required=False, help_text="What the fixed version changes.")
    lesson = MarkdownField(
        rows=6, required=False, help_text="What the answer cures and what it does not."
    )
    unsolved = MarkdownField(
        rows=3, required=False, help_text="Why no version meets every case, if none does."
    )
    newer = YamlField(
        lambda reading, node: {} if node is None else card_keys.read_newer(reading, node),
        lambda newer: card_write.dump(newer) if newer else "",
        required=False,
        label="On a newer Django",
        widget=forms.Textarea({"rows": 3, "cols": 80, "class": "code"}),
        help_text='What changed, by release: "6.1": {what: …, ticket: 36487, cures: all or part}',
    )
    hints = LinesField(most=3, required=False, help_text="One a line, at most 3; each gives more.")
    ideas = LinesField(
        most=5, rows=5, required=False, help_text="One a line, 2 to 5: what a good answer mentions."
    )
    references = ReferencesField(
        most=12, required=False, help_text="One a line: title | https://docs.djangoproject.com/…"
    )
    bug_lines = BugLinesField(
        most=20,
        rows=2,
        required=False,
        help_text="Lines of the buggy version that are the bug: press their numbers there, "
        "or write a file a line: models.py: 10, 11",
    )
    setup = CodeField(required=False, help_text=SETUP_HELP)

    class Meta:
        model = Card
        fields = [
            "number", "slug", "title", "difficulty", "scenario", "question", "explanation",
            "answer", "lesson", "hints", "ideas", "references", "bug_lines", "unsolved", "newer",
            "setup", "project",
        ]  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "project" in self.fields:  # not for those who only read
            self.fields["project"].required = False
        if self.instance.pk:
            topics = topics_in_order(self.instance)
            self.initial.setdefault("main_topic", topics[0].pk if topics else None)
            self.initial.setdefault("other_topics", [topic.pk for topic in topics[1:]])

    def clean(self) -> dict[str, Any]:
        """Refuse to save over what somebody else has saved since the page was opened."""
        said: dict[str, Any] = super().clean() or {}
        seen = self.data.get("seen")
        if seen and self.instance.pk and seen != self.instance.digest:
            self.add_error(None, _saved_meanwhile(self.instance))
        return said

    def clean_project(self) -> dict[str, Any]:
        return self.cleaned_data["project"] or {}

    def topics(self) -> list[Topic]:
        """Return the topics chosen, the main one first."""
        main = self.cleaned_data.get("main_topic")
        others = [t for t in self.cleaned_data.get("other_topics", ()) if t != main]
        return [main, *others] if main else others


def _saved_meanwhile(card: Card) -> SafeString:
    last = card.history.select_related("history_user").first()
    return format_html(
        "{} saved this card at {}, after you had opened this page: {}. Nothing of yours is saved "
        "yet; saving again puts this page in its place.",
        (last and last.history_user) or "Somebody",
        date_format(timezone.localtime(card.updated_at), "H:i T, j M Y"),
        format_html(
            '<a href="{}">see what changed</a>',
            reverse("admin:questions_card_history", args=[card.pk]),
        ),
    )


def _wanted(reading: Any, node: Any) -> dict[str, Any]:
    found = {"wanted_to": None, "wanted_subjects": None, "wanted_result": None}
    return found | ({"wanted": 0} if node is None else card_keys.read_wanted(reading, node))


def _claims(reading: Any, node: Any) -> dict[str, ClaimData]:
    return {} if node is None else card_keys.read_claims(reading, "", node)


class VersionForm(forms.ModelForm):
    files = FilesField(required=False)  # type: ignore[assignment]  # the column's name
    note = MarkdownField(rows=2, required=False)

    class Meta:
        model = Version
        fields = ["name", "kind", "title", "note", "files", "order"]
        widgets = {"order": forms.NumberInput({"class": "vSmall"})}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        name, kind = said.get("name"), said.get("kind")
        if name and kind and name != kind and {name, kind} & {"buggy", "fixed"}:
            raise ValidationError("The buggy version is named buggy, the fixed one fixed.")
        return said


class CaseForm(forms.ModelForm):
    want = YamlField(
        _wanted,
        card_write.wanted_text,
        label="Wanted",
        help_text="Emails: 1, or {emails: 1, to: [ann@example.com], subjects: [Hi], result: …}",
    )
    action = CodeField(required=False, help_text=ACTION_HELP)
    said = YamlField(
        _claims,
        card_write.claims_text,
        label="Claims",
        required=False,
        widget=forms.Textarea({"rows": 4, "cols": 60, "class": "code", "data-claims": ""}),
        help_text="A version a line: buggy: 2, or buggy: {emails: 1, subjects: [Hi]}, or "
        "fixed: {emails: 0, error: case:TypeError}",
    )

    class Meta:
        model = Case
        fields = ["name", "title", "about", "action", "predict", "order"]
        help_texts = {"name": "one_update, say: a-z, 0-9 and _"}
        widgets = {"order": forms.NumberInput({"class": "vSmall"})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            case = self.instance
            self.initial["want"] = {key: getattr(case, key) for key in WANTED}
            self.initial["said"] = {
                claim.version.name: read_claim(claim)
                for claim in case.claims.select_related("version").order_by("version__order")
            }

    def save(self, commit: bool = True) -> Case:
        for key, value in self.cleaned_data["want"].items():
            setattr(self.instance, key, value)
        self.instance.action = with_intent(_case(self))
        case: Case = super().save(commit)
        return case


def card_data(form: CardForm, versions: Any, cases: Any) -> CardData:
    """Return the card that valid forms say, saved or not."""
    said = form.cleaned_data
    keys = {key: said[key] for key in CardForm.Meta.fields}
    return CardData(
        **keys,
        topics=[topic.name for topic in form.topics()],
        status=form.instance.status,
        versions=[
            VersionData(
                **{key: f.cleaned_data[key] for key in ("name", "kind", "title", "note", "files")}
            )
            for f in _rows(versions)
        ],
        cases=[_case(f) for f in _rows(cases)],
    )


def made_whole(cases: Any) -> dict[str, str]:
    """Return the code of each case that runs otherwise than typed; see with_intent."""
    made = {form: _case(form) for form in _rows(cases)}
    return {
        case.name: case.action
        for form, case in made.items()
        if case.action != unix(form.cleaned_data["action"])
    }


def _case(form: Any) -> CaseData:
    said = form.cleaned_data
    case = CaseData(
        name=said["name"],
        title=said["title"],
        about=said["about"],
        action=unix(said["action"]),
        predict=said["predict"],
        claims=said["said"],
        **said["want"],
    )
    return msgspec.structs.replace(case, action=with_intent(case))


def _rows(formset: Any) -> list[Any]:
    """Return the filled in forms that are not marked for deletion, in their order."""
    forms = [
        form
        for form in formset.forms
        if form.cleaned_data
        and not form.cleaned_data.get("DELETE")
        and form.cleaned_data.get("name")
    ]
    return sorted(forms, key=lambda form: form.cleaned_data["order"])
