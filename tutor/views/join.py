"""Joining a group by its code, the learner's page of it, and leaving."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutor import classroom as counted
from tutor import learner
from tutor.group_forms import CodeForm, JoinForm
from tutor.models import LearnerGroup, Membership
from tutor.models.group import clean_code
from tutor.models.visit import Sure


def members_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the membership of whoever asks; a group one was never in is not found."""

    @wraps(view)
    def wrapper(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        who = learner.of(request)
        if who is None:
            raise Http404
        member = who.memberships.select_related("group").filter(group=pk).first()
        if member is not None:
            return view(request, member, **kwargs)
        left = get_object_or_404(who.left.select_related("group"), group=pk)
        if request.htmx:  # type: ignore[attr-defined]
            # The page that asks every other second: it reads itself again, and asks no more.
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return render(request, "tutor/_left.html", {"group": left.group})

    return wrapper


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("tutor:join_group", form.cleaned_data["code"])
    return _ask_code(request, form)


def _ask_code(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    who = learner.of(request)
    mine = who.memberships.select_related("group") if who else []
    return render(request, "tutor/join.html", {"form": form, "memberships": mine}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join_group(request: HttpRequest, code: str) -> HttpResponse:
    group = LearnerGroup.objects.filter(code=clean_code(code)).first()
    if group is None:
        return _ask_code(request, CodeForm({"code": code[:20]}), status=404)
    who = learner.of(request)
    if who and (there := who.memberships.filter(group=group).first()):
        return redirect(there)
    user = request.user
    form = JoinForm(request.POST or None, group=group, initial={"name": user.get_username()[:40]})
    if request.method == "POST" and not group.archived and form.is_valid():
        name = form.cleaned_data["name"]
        who = learner.of(request, create=True)
        return redirect(group.join(who, name))
    context = {"form": form, "group": group, "before": who and who.left.filter(group=group).first()}
    return render(request, "tutor/join_group.html", context)


@require_safe
@never_cache
@members_only
def classroom(request: HttpRequest, member: Membership) -> HttpResponse:
    live = member.group.lives.filter(closed_at=None).select_related("card").first()
    state = f"{live.pk}.{live.stage}" if live else "none"
    if "have" in request.GET:
        # Asked every other second: nothing new, or read the page again.
        new = request.GET["have"] != state
        return HttpResponse(status=204, headers={"HX-Refresh": "true"} if new else {})
    context: dict[str, Any] = {
        "member": member,
        "group": member.group,
        "live": live,
        "state": state,
        "assignments": member.group.assignments.asked_of(member.learner),
    }
    if live:
        mine = member.learner.live_answers.filter(live=live)
        context |= {
            "ask": live.ask,
            # What was measured goes to the template once it was told, never before.
            "key": live.key if live.told else None,
            "histogram": counted.histogram(live),
            "mine": mine.filter(round=live.round).first(),
            "answers": mine.order_by("round"),
            "sure": Sure.choices,
        }
    return render(request, "tutor/classroom.html", context)


@require_POST
@members_only
def leave(request: HttpRequest, member: Membership) -> HttpResponse:
    member.leave()
    messages.info(request, f"You left {member.group}. What you did is still yours.")
    return redirect("tutor:join")
