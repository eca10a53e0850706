"""Assignments: set by an instructor, started by learners, their results."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutor import answers, sitting, zone
from tutor.assignment_forms import AssignmentForm, DueForm
from tutor.instructor import instructors_only
from tutor.models import Assignment, Membership
from tutor.models.quiz import SELF_RATED
from tutor.views.csv_file import as_csv, name_of
from tutor.views.group import own_group
from tutor.views.join import members_only

COLUMNS = (
    "name", "key", "started", "finished", "late", "right", "measured", "share_right_0_to_1",
    "self_rated",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@instructors_only
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    group = own_group(request, pk, open_only=True)
    form = AssignmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.group = group
        if form.fix_questions():
            return zone.remember(redirect(form.save()), form.cleaned_data["zone"])
    return render(request, "tutor/assign.html", {"group": group, "form": form})


def _own(request: HttpRequest, pk: int, assignment: int) -> Assignment:
    group = own_group(request, pk)
    return get_object_or_404(group.assignments.select_related("group"), pk=assignment)


def _taught(request: HttpRequest, pk: int, assignment: int) -> Assignment:
    """Return an assignment of one's own group; superusers see those of all groups."""
    known = Assignment.objects.seen_by(request.user).select_related("group")
    return get_object_or_404(known, group=pk, pk=assignment)


def _results(assignment: Assignment) -> list[dict[str, Any]]:
    """Return {member, attempt, late} of each learner; attempt is None before the start."""
    sat = {each.learner_id: each for each in assignment.attempts()}
    due = assignment.due_at
    rows = []
    for member in assignment.group.learners():
        attempt = sat.get(member.learner_id)
        late = bool(due and attempt and attempt.finished_at and attempt.finished_at > due)
        rows.append({"member": member, "attempt": attempt, "late": late})
    return rows


@require_safe
@never_cache
@instructors_only
def assignment(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    mine = _taught(request, pk, assignment)
    context = {
        "assignment": mine,
        "group": mine.group,
        "own": mine.group.owner_id == request.user.pk,
        "results": _results(mine),
        "own_words": not mine.kinds or SELF_RATED in mine.kinds,
        "usable": mine.startable,
        "withdrawn": mine.withdrawn() if mine.questions else [],
    }
    return render(request, "tutor/assignment.html", context)


@require_safe
@never_cache
@instructors_only
def assignment_answers(request: HttpRequest, pk: int, assignment: int, member: int) -> HttpResponse:
    mine = _taught(request, pk, assignment)
    rows = (each for each in _results(mine) if each["member"].pk == member)
    row = next(rows, None)
    if row is None:
        raise Http404
    context = {
        "assignment": mine,
        "group": mine.group,
        "own": mine.group.owner_id == request.user.pk,
        "answers": answers.of(row["attempt"]) if row["attempt"] else [],
        **row,
    }
    return render(request, "tutor/assignment_answers.html", context)


@require_safe
@never_cache
@instructors_only
def assignment_csv(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    mine = _own(request, pk, assignment)
    rows = [_line(**each) for each in _results(mine)]
    return as_csv(name_of(mine.group, slugify(mine.name) or "quiz"), COLUMNS, rows)


def _line(member: Membership, attempt: Any, late: bool) -> tuple[Any, ...]:
    who = (member.shown, member.key)
    if attempt is None:
        return (*who, *[""] * (len(COLUMNS) - len(who)))
    share = round(attempt.score / attempt.of, 3) if attempt.of else ""
    when = (_iso(attempt.started_at), _iso(attempt.finished_at))
    return (*who, *when, "late" if late else "", attempt.score, attempt.of, share, attempt.own)


def _iso(when: datetime | None) -> str:
    """Return a time with its zone, the reader's: 2026-03-01T10:00:00+01:00."""
    return timezone.localtime(when).isoformat(timespec="seconds") if when else ""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@instructors_only
def assignment_change(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    mine = _own(request, pk, assignment)
    form = DueForm(request.POST or None, instance=mine)
    if request.method == "POST" and form.is_valid():
        return zone.remember(redirect(form.save()), form.cleaned_data["zone"])
    context = {"assignment": mine, "group": mine.group, "form": form}
    return render(request, "tutor/assignment_change.html", context)


@require_POST
@instructors_only
def assignment_delete(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    mine = _own(request, pk, assignment)
    mine.delete()
    messages.info(request, f"{mine.name} is not set any more. What was answered stays.")
    return redirect(mine.group)


@require_POST
@members_only
def assignment_start(request: HttpRequest, member: Membership, assignment: int) -> HttpResponse:
    """Begin it, or go on where it was left; a second click begins nothing twice."""
    mine = get_object_or_404(member.group.assignments, pk=assignment, group__archived_at=None)
    try:
        return redirect(sitting.start_set(member.learner, mine))
    except sitting.NoQuestions:
        messages.warning(request, "Its cards have no questions any more. Tell your instructor.")
        return redirect(member)
