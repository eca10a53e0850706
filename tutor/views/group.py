"""An instructor's groups: making one, its code, who is in it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutor.card_choices import askable, askable_cards, by_topic, first_to_ask
from tutor.group_forms import GroupForm
from tutor.instructor import instructors_only
from tutor.join_address import join_address
from tutor.models import Assignment, LearnerGroup, Problem


def own_group(request: HttpRequest, pk: int, *, open_only: bool = False) -> LearnerGroup:
    """Return a group of whoever asks; others' are not found, with `open_only` no archived one."""
    wanted = {"archived_at": None} if open_only else {}
    return get_object_or_404(LearnerGroup, owner=request.user.pk, pk=pk, **wanted)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@instructors_only
def groups(request: HttpRequest) -> HttpResponse:
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.owner = request.user
        return redirect(form.save())
    mine = LearnerGroup.objects.filter(owner=request.user.pk).order_by("-created_at", "-pk")
    taught = Q(memberships__learner__user=F("owner"))
    mine = mine.annotate(people=Count("memberships", filter=~taught))
    elsewhere = Assignment.objects.seen_by(request.user).exclude(group__owner=request.user.pk)
    context = {
        "form": form,
        "elsewhere": elsewhere.select_related("group__owner"),
        "groups": mine.filter(archived_at=None),
        "archived": mine.exclude(archived_at=None),
        "problems": Problem.objects.seen_by(request.user).filter(answered_at=None).count(),
    }
    return render(request, "tutor/groups.html", context)


@require_safe
@never_cache
@instructors_only
def group(request: HttpRequest, pk: int) -> HttpResponse:
    mine = own_group(request, pk)
    card = request.GET.get("card", "")
    cases = askable().filter(card__slug=card) if card else []
    context = {
        "group": mine,
        "card": card,
        "cases": cases,
        "first": first_to_ask(cases),
        "live": mine.lives.filter(closed_at=None).first(),
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "tutor/_cases.html", context)
    context |= {
        "join": join_address(request, mine),
        "members": mine.learners(),
        "in_it": mine.memberships.filter(learner__user=mine.owner_id).exists(),
        "before": mine.lives.exclude(closed_at=None).select_related("card")[:10],
        "assignments": mine.assignments.with_finished(),
        "topics": by_topic(askable_cards()),
    }
    return render(request, "tutor/group.html", context)


@require_POST
@instructors_only
def group_rename(request: HttpRequest, pk: int) -> HttpResponse:
    mine = own_group(request, pk)
    form = GroupForm(request.POST, instance=mine)
    if form.is_valid():
        form.save()
        messages.info(request, f"The group is called {mine.name} now.")
    else:
        messages.warning(request, "A group needs a name of at most 80 characters.")
    return redirect(mine)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@instructors_only
def group_renew(request: HttpRequest, pk: int) -> HttpResponse:
    mine = own_group(request, pk)
    if request.method == "POST":
        mine.renew()
        messages.info(request, "The group has a new code. The old code and link lead nowhere now.")
        return redirect(mine)
    return render(request, "tutor/group_renew.html", {"group": mine})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@instructors_only
def group_remove(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    mine = own_group(request, pk)
    gone = next((each for each in mine.members() if each.pk == member), None)
    if gone is None:
        raise Http404
    if request.method == "POST":
        gone.leave()
        messages.info(request, f"{gone.shown} is not in the group any more.")
        return redirect(mine)
    return render(request, "tutor/group_remove.html", {"group": mine, "member": gone})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@instructors_only
def group_archive(request: HttpRequest, pk: int) -> HttpResponse:
    mine = own_group(request, pk)
    if request.method == "POST":
        mine.archive()
        messages.info(request, f"{mine.name} is archived. Its figures stay.")
        return redirect(mine)
    return render(request, "tutor/group_archive.html", {"group": mine})


@require_POST
@instructors_only
def group_restore(request: HttpRequest, pk: int) -> HttpResponse:
    mine = own_group(request, pk)
    mine.restore()
    messages.info(request, f"{mine.name} is open again, with the code it had.")
    return redirect(mine)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@instructors_only
def group_delete(request: HttpRequest, pk: int) -> HttpResponse:
    mine = own_group(request, pk)
    if request.method == "POST":
        mine.delete()
        messages.info(request, f"{mine.name} is deleted. What its learners did is still theirs.")
        return redirect("tutor:groups")
    return render(request, "tutor/group_delete.html", {"group": mine})
