"""The card in the admin: stock pages, with Run now, preview, verify and publish on them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.forms import Script
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from questions import address
from questions.admin import exports, filters, pages, read, revisions, who
from questions.admin.forms import CardForm, CaseForm, VersionForm, card_data
from questions.admin.formsets import CaseFormSet
from questions.card_rows import claim_values, topics_in_order
from questions.check import mistakes
from questions.export.kinds import KINDS
from questions.flags import ran_here
from questions.models import Card, CardFlag, CardTopic, Case, Claim, Topic, Version


@read.readable
class Inline(admin.StackedInline):
    """A part of a card: whoever may change the card may change it."""

    show_change_link = False
    classes = ["part"]

    def get_extra(self, request: HttpRequest, obj: Any = None, **options: Any) -> int:
        """Offer an empty part on a new card, or where no script can add one (?more)."""
        return 0 if obj and "more" not in request.GET else 2

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_fields(request, obj)
        return fields if who.may_edit(request.user, obj) else read.as_read(fields)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if who.may_edit(request.user, obj) else read.names()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("questions.view_card"))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return who.may_edit(request.user, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return who.may_edit(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return who.may_edit(request.user, obj)


class VersionInline(Inline):
    model = Version
    form = VersionForm
    fields = [("name", "kind", "order"), "title", "note", "files"]


class CaseInline(Inline):
    model = Case
    form = CaseForm
    formset = CaseFormSet
    fields = [("name", "predict", "order"), "title", "about", "action", "want", "said"]

    @admin.display(description="Wanted")
    def want(self, case: Case) -> str:
        return str(case.wanted)

    @admin.display(description="Claims")
    def said(self, case: Case) -> str:
        claims = case.claims.select_related("version").order_by("version__order")
        return ", ".join(f"{claim.version.name}: {claim.emails}" for claim in claims)


NAMES: list[Any] = [
    ("number", "difficulty", "status"),
    "title",
    "slug",
    "main_topic",
    "other_topics",
]
SCRIPTS = ("admin", "admin_parts", "admin_editor", "admin_keep")
# What a new card is offered to begin with.
FIRST: dict[Any, list[dict[str, Any]]] = {
    Version: [
        {"name": name, "kind": name, "title": title, "order": order, "files": {"models.py": ""}}
        for order, (name, title) in enumerate(
            [("buggy", "The card’s code"), ("fixed", "The card’s answer")]
        )
    ],
    Case: [{"order": 0}, {"order": 1}],
}
ON_REQUEST: list[Any] = ["explanation", "answer", "lesson", "hints", "ideas", "references"]


@admin.register(Card)
@read.readable
class CardAdmin(admin.ModelAdmin):
    form = CardForm
    inlines = [VersionInline, CaseInline]
    list_display = ["number", "title", "topic", "difficulty", "status", "is_true", "author"]
    list_display_links = ["title"]
    list_filter = [filters.Whose, "status", filters.Holds, ("topics", filters.Topics), "difficulty"]
    list_select_related = ["author", "flag"]
    list_per_page = 60
    search_fields = ["title", "slug", "scenario", "question", "explanation"]
    readonly_fields = ["status", "author"]
    change_form_template = "admin/questions/card/change_form.html"
    save_on_top = True
    actions = exports.actions()
    fieldsets = [
        (None, {"fields": NAMES}),
        ("What the learner reads", {"fields": ["scenario", "question"]}),
        ("What is shown on request", {"fields": ON_REQUEST}),
        ("The program", {"fields": ["bug_lines", "setup", "unsolved", "newer"]}),
        ("Other apps and settings", {"classes": ["collapse"], "fields": ["project", "author"]}),
    ]  # fmt: skip

    class Media:
        js = [Script(f"questions/{name}.js", defer=True) for name in SCRIPTS]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_fieldsets(request, obj)
        if who.may_edit(request.user, obj):
            return found
        return [(name, {**more, "fields": read.as_read(more["fields"])}) for name, more in found]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_readonly_fields(request, obj)
        return found if who.may_edit(request.user, obj) else [*found, *read.names()]

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: InlineModelAdmin, prefix: str
    ) -> dict[str, Any]:
        """Offer two versions and two cases on a new card; left as they are, they are not saved."""
        found = super().get_formset_kwargs(request, obj, inline, prefix)
        return found if obj.pk else found | {"initial": FIRST[inline.model]}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make the slug of a new card from its title, as it is typed."""
        return {} if obj else {"slug": ("title",)}

    def get_urls(self) -> list[URLPattern]:
        return [*pages.urls(self), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Card]:
        cards = super().get_queryset(request).prefetch_related("topic_links__topic")
        return who.visible(cards, request.user)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show every content and state the card had, by whom; see revisions."""
        return revisions.history(self, request, object_id)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        context["stamp"] = stamp(request, options.get("obj"))
        context["base"] = address.base(request)
        context["only_here"] = address.is_local(context["base"])
        context["export_kinds"] = [(kind, words) for kind, (words, _) in KINDS.items()]
        return super().render_change_form(request, context, *args, **options)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """Save what was typed; then do what the button of a state asks, if one was pressed."""
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        saved = request.method == "POST" and answer.status_code == 302
        then = next((do for to, do in pages.STATES.items() if f"_{to}" in request.POST), None)
        if not saved or not then or not object_id:
            return answer
        return then(self, request, int(object_id))  # what was saved is committed

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Say under the list, too, where its exports would lead."""
        base = address.base(request)
        more = {"base": base, "only_here": address.is_local(base), **(extra_context or {})}
        return super().changelist_view(request, more)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return who.may_edit(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return who.may_delete(request.user, obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        last = Card.objects.order_by("-number").first()
        return {"number": (last.number if last else 0) + 1, "difficulty": 1} | (
            super().get_changeform_initial_data(request)
        )

    def save_model(self, request: HttpRequest, obj: Card, form: Any, change: bool) -> None:
        if not change:
            obj.author_id = request.user.pk
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: list[BaseInlineFormSet], change: bool
    ) -> None:
        """Save versions and cases, then their claims and topics, then the digest of it all."""
        super().save_related(request, form, formsets, change)
        card, before = form.instance, form.instance.digest
        save_topics(card, form.topics())
        save_claims(card, formsets)
        changed = card.data().digest != before
        if card.status == Card.Status.PUBLISHED and changed:
            CardFlag.objects.filter(card=card).delete()  # it was verified before it was saved
        if card.status == Card.Status.VERIFIED and changed:
            # With its digest: the history must not say that this content was verified.
            card.status, card.digest = Card.Status.DRAFT, card.data().digest
            card.save(update_fields=["status", "digest", "updated_at"])
            messages.info(request, "The card has changed, so it is a draft again.")
        card.seal()
        tell_lacking(request, mistakes(card.data()))

    @admin.display(description="Nightly run", boolean=True)
    def is_true(self, card: Card) -> bool | None:
        """Whether the nightly run found the card true; unknown where it was never run."""
        if card.status == Card.Status.PUBLISHED and hasattr(card, "flag"):
            return False
        return True if card.status == Card.Status.PUBLISHED and ran_here() else None

    @admin.display(description="Topic")
    def topic(self, card: Card) -> str:
        return ", ".join(topic.name for topic in topics_in_order(card)[:1])

    @admin.display(description="Main topic")
    def main_topic(self, card: Card) -> str:
        return self.topic(card)

    @admin.display(description="Other topics")
    def other_topics(self, card: Card) -> str:
        return ", ".join(topic.name for topic in topics_in_order(card)[1:])


def tell_lacking(request: HttpRequest, lacking: list[str]) -> None:
    """Say what is to be done before the card can be published: one thing, and how many more."""
    if not lacking:
        return
    more = f" {len(lacking) - 1} more: “Run now” lists them." if len(lacking) > 1 else ""
    messages.warning(request, f"Before it can be published: {lacking[0]}{more}")


def stamp(request: HttpRequest, card: Card | None) -> str:
    """Return what changes whenever the page's form is saved: autosave goes by it."""
    if card:
        return card.updated_at.isoformat()
    return str(Card.objects.filter(author=request.user.pk).count())


def save_topics(card: Card, topics: list[Topic]) -> None:
    """Make these the topics of the card, in this order."""
    if topics_in_order(card) != topics:
        card.topic_links.all().delete()
        CardTopic.objects.bulk_create(
            CardTopic(card=card, topic=topic, order=order) for order, topic in enumerate(topics)
        )


def save_claims(card: Card, formsets: list[BaseInlineFormSet]) -> None:
    """Make the claims those of the saved case forms; a claim of no version is dropped."""
    versions = {version.name: version for version in card.versions.all()}
    for formset in formsets:
        for form in formset.forms if formset.model is Case else ():
            said = form.cleaned_data.get("said") if hasattr(form, "cleaned_data") else None
            if said is None or not form.instance.pk or form.cleaned_data.get("DELETE"):
                continue
            form.instance.claims.exclude(version__name__in=list(said)).delete()
            for name, claim in said.items():
                if name in versions:
                    Claim.objects.update_or_create(
                        version=versions[name], case=form.instance, defaults=claim_values(claim)
                    )


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "order"]
    search_fields = ["name"]


__all__ = ["CardAdmin", "TopicAdmin", "card_data"]
