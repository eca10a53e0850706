"""What a learner may choose or say about cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from questions.bank import FRESH
from questions.models import Card, Case
from questions.visits import Prediction, Standing

SHOW = [("", "all"), ("due", "due"), ("new", "not started"), ("begun", "begun"), ("done", "done")]


class FilterForm(forms.Form):
    """What the list of cards shows. A value it does not know filters nothing."""

    q = forms.CharField(required=False, max_length=200)
    difficulty = forms.TypedChoiceField(
        choices=[("", "any"), *Card.Difficulty.choices], coerce=int, required=False
    )
    show = forms.ChoiceField(choices=SHOW, required=False)

    @property
    def query(self) -> str:
        return self._value("q").strip()

    @property
    def shown(self) -> str:
        """Return the standing that was chosen, in words; nothing for all."""
        return dict(SHOW)[chosen] if (chosen := self._value("show")) else ""

    def filter(self, cards: Sequence[Card], standings: Mapping[int, Standing]) -> list[Card]:
        """Return the cards of the chosen difficulty and standing."""
        difficulty, show = self._value("difficulty"), self._value("show")
        return [
            card
            for card in cards
            if difficulty in ("", card.difficulty) and _matches(show, standings.get(card.pk, FRESH))
        ]

    def _value(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or ""


def _matches(show: str, standing: Standing) -> bool:
    return {
        "due": standing.due,
        "new": not standing.started,
        "begun": standing.started and not standing.done,
        "done": standing.done,
    }.get(show, True)


SURE = [("guess", "guess"), ("think", "think"), ("sure", "sure")]
MOST = 99  # emails


class PredictForm(forms.Form):
    """How many emails each case sends, and how sure the learner is; nothing is filled in.

    One number is enough to run: the other cases are asked about again, before they are told.
    """

    def __init__(self, cases: Sequence[Case], data: Any = None) -> None:
        super().__init__(data)
        self.cases = cases
        for case in cases:
            self.fields[f"n-{case.name}"] = forms.RegexField(
                r"^[0-9]{1,2}\+?$",
                required=False,
                strip=True,
                error_messages={
                    "invalid": f"“{case.title}” takes a whole number from 0 to {MOST}."
                },
            )
            self.fields[f"sure-{case.name}"] = forms.ChoiceField(choices=SURE, required=False)

    def clean(self) -> dict[str, Any]:
        """Want one number at least; the first case says so."""
        numbers = [f"n-{case.name}" for case in self.cases]
        if not any(self.cleaned_data.get(name) or name in self.errors for name in numbers):
            first, more = self.cases[0], " or another case" * (len(self.cases) > 1)
            self.add_error(numbers[0], f"Say a number for “{first.title}”{more}.")
        return self.cleaned_data

    def predictions(self) -> dict[str, Prediction]:
        """Return what was said, by name of case; call when valid."""
        said = {}
        for case in self.cases:
            if number := self.cleaned_data[f"n-{case.name}"]:
                sure = self.cleaned_data[f"sure-{case.name}"]
                said[case.name] = Prediction(int(number.rstrip("+")), sure, number.endswith("+"))
        return said

    def asked(self) -> list[dict[str, Any]]:
        """Return for each case what its fields show: value, how sure, error."""
        return [
            {
                "case": case,
                "number": self.data.get(f"n-{case.name}", ""),
                "sure": self.data.get(f"sure-{case.name}", ""),
                "errors": self.errors.get(f"n-{case.name}", []) if self.is_bound else [],
            }
            for case in self.cases
        ]


WORDS = 4000  # characters of own words


def not_longer(words: str, most: int) -> str:
    """Return the words; say how many characters are too many where there are more than `most`."""
    if (length := len(words.replace("\r\n", "\n"))) > most:
        raise forms.ValidationError(
            f"These are {length:,} characters, and {most:,} fit: leave out {length - most:,}. "
            "Nothing was saved; your text is still here."
        )
    return words


class WordsForm(forms.Form):
    """What a learner wrote, kept as typed. `was` is what the page had in its place."""

    words = forms.CharField(required=False, strip=False)
    was = forms.CharField(required=False, strip=False)

    def clean_words(self) -> str:
        """Refuse what is too long in words; a browser counts each end of a line as one."""
        words: str = self.cleaned_data["words"]
        return not_longer(words, WORDS)

    def joined(self, kept: str) -> str:
        """Return the words, after those that another tab kept since the page was made."""
        words, was = _lines(self.cleaned_data["words"]), _lines(self.cleaned_data["was"])
        kept_lines = _lines(kept)
        if kept_lines in ("", was, words):
            return self.cleaned_data["words"]
        return f"{kept}\n\n{self.cleaned_data['words']}" if words not in ("", was) else kept


def _lines(text: str) -> str:
    """Return a text as it was before a browser gave its lines other ends."""
    return text.replace("\r\n", "\n").strip()


class RateForm(forms.Form):
    """A rating, 1-4; none takes it back. `was` is the rating that the page showed."""

    rating = forms.IntegerField(required=False, min_value=1, max_value=4)
    was = forms.IntegerField(required=False)
