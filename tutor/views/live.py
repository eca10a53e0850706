"""A card in class: the page to project, its steps, and what learners answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tutor import classroom
from tutor.group_forms import CaseForm, LiveForm
from tutor.instructor import instructors_only
from tutor.join_address import join_address
from tutor.models import Live, Membership
from tutor.views.group import own_group
from tutor.views.join import members_only


@require_POST
@instructors_only
def live_open(request: HttpRequest, pk: int) -> HttpResponse:
    group = own_group(request, pk, open_only=True)
    form = CaseForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Choose a card and a case.")
        return redirect(group)
    case = form.cleaned_data["case"]
    open_now = group.lives.filter(closed_at=None).select_related("card").first()
    if open_now and request.POST.get("instead") != str(open_now.pk):
        context = {"group": group, "live": open_now, "case": case}
        return render(request, "tutor/_instead.html", context)
    return redirect(classroom.open_case(group, case))


def _own_live(request: HttpRequest, pk: int, live: int) -> Live:
    group = own_group(request, pk)
    return get_object_or_404(group.lives.select_related("card", "group"), pk=live)


@require_safe
@never_cache
@instructors_only
def live(request: HttpRequest, pk: int, live: int) -> HttpResponse:
    shown = _own_live(request, pk, live)
    context: dict[str, Any] = {
        "live": shown,
        "ask": shown.ask,
        "given": classroom.given(shown),
        "of": classroom.of(shown),
    }
    if "have" in request.GET:
        # Asked every other second: the count, or the whole page where another window went on.
        response = render(request, "tutor/_live_count.html", context)
        if request.GET["have"] != str(shown.stage) or shown.closed_at:
            response["HX-Refresh"] = "true"
        return response
    context["histogram"] = classroom.histogram(shown)
    context["key"] = shown.key if shown.told else None
    context["join"] = join_address(request, shown.group)
    return render(request, "tutor/live.html", context)


@require_POST
@instructors_only
def live_step(request: HttpRequest, pk: int, live: int) -> HttpResponse:
    shown = _own_live(request, pk, live)
    to = request.POST.get("to", "")
    if to == "close":
        shown.close()
        return redirect(shown.group)
    shown.move(to=int(to) if to.isdecimal() and len(to) == 1 else 0)
    return redirect(shown)


@require_POST
@never_cache
@members_only
def class_answer(request: HttpRequest, member: Membership) -> HttpResponse:
    open_now = member.group.lives.filter(closed_at=None).first()
    form = LiveForm(request.POST)
    if open_now is None:
        messages.info(request, "Nothing is asked at the moment.")
    elif not form.is_valid():
        messages.warning(request, "Say a whole number of emails, from 0 to 99.")
    else:
        data = form.cleaned_data
        kept = classroom.answer(
            open_now, member.learner, data["round"], data["emails"], data["sure"]
        )
        if not kept:
            messages.info(request, "That round was over; your answer was not counted.")
    return redirect(member)
