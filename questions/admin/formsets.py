"""The cases of a card, and the checks that need the whole card."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet, inlineformset_factory

from questions.admin import proof
from questions.admin.forms import CardForm, VersionForm, card_data
from questions.models import Card, Version


class CaseFormSet(BaseInlineFormSet):
    """The last formset of the page: a published card must be true before a change is saved."""

    def clean(self) -> None:
        super().clean()
        card: Card = self.instance
        if card.pk is None or card.status != Card.Status.PUBLISHED or any(self.errors):
            return
        form = CardForm(self.data, instance=Card.objects.get(pk=card.pk))
        versions = _VersionFormSet(self.data, instance=card, prefix="versions")
        if not form.is_valid() or not versions.is_valid():
            return  # they say so themselves
        data = card_data(form, versions, self)
        if data.digest == card.digest:
            return
        if proof.holds(self.data.get("proof", ""), data):
            return
        if refused := proof.refused(data):
            raise ValidationError(refused)


_VersionFormSet = inlineformset_factory(Card, Version, form=VersionForm, extra=0)
