"""An instructor's groups: making one, its code, who is in it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutor.group_forms import CaseForm, GroupForm
from tutor.instructor import instructors_only
from tutor.models import LearnerGroup


def own_group(request: HttpRequest, pk: int) -> LearnerGroup:
    """Return a group of whoever asks; anybody else's is not found."""
    return get_object_or_404(LearnerGroup, owner=request.user.pk, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@instructors_only
def groups(request: HttpRequest) -> HttpResponse:
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.owner = request.user
        return redirect(form.save())
    mine = LearnerGroup.objects.filter(owner=request.user.pk).prefetch_related("memberships")
    return render(request, "tutor/groups.html", {"form": form, "groups": mine})


@require_safe
@never_cache
@instructors_only
def group(request: HttpRequest, pk: int) -> HttpResponse:
    mine = own_group(request, pk)
    link = request.build_absolute_uri(reverse("tutor:join_group", args=[mine.code]))
    context = {
        "group": mine,
        "link": link,
        "members": mine.memberships.all(),
        "live": mine.lives.filter(closed_at=None).first(),
        "before": mine.lives.exclude(closed_at=None).select_related("card")[:10],
        "assignments": mine.assignments.all(),
        "case_form": CaseForm(),
    }
    return render(request, "tutor/group.html", context)


@require_POST
@instructors_only
def group_renew(request: HttpRequest, pk: int) -> HttpResponse:
    mine = own_group(request, pk)
    mine.renew()
    messages.info(request, "The group has a new code. The old code and link lead nowhere now.")
    return redirect(mine)


@require_POST
@instructors_only
def group_remove(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    mine = own_group(request, pk)
    gone = get_object_or_404(mine.memberships, pk=member)
    gone.delete()
    messages.info(request, f"{gone.name} is not in the group any more.")
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
