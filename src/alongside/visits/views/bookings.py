"""The book: a week or a day of all therapists, and one booking with what can be done to it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.rules.scheduling.clock_times import day_or_none
from alongside.visits.actions.cancel import cancel_visit
from alongside.visits.actions.change import move_visit, note_visit
from alongside.visits.actions.refusals import ClinicClosed, NotBooked, when
from alongside.visits.actions.step import NotFromHere, SomebodyWasFaster
from alongside.visits.models import State, Visit
from alongside.visits.queries.bookings import (
    book_of,
    bookable,
    letters_about,
    shorter_than_plan,
    whole_visit,
)
from alongside.visits.views.book import times_for
from alongside.visits.views.book_form import NoteForm, WhenForm

WEEK = timedelta(days=7)


@require_safe
def bookings(request: Asked) -> HttpResponse:
    """Show a week, or a day, of everybody's bookings or of one therapist's."""
    now = clock.now()
    today = now.astimezone(request.clinic.zone).date()
    day = day_or_none(request.GET.get("day", "")) or today
    by_day = request.GET.get("view") == "day"
    therapists = list(bookable())
    chosen = next((t for t in therapists if str(t.pk) == request.GET.get("therapist")), None)
    first = day if by_day else day - timedelta(days=day.weekday())
    book = book_of(request.clinic, first, 1 if by_day else 7, [chosen] if chosen else therapists)
    record_seen("visits.see_bookings", book.clients, by=request.actor, now=now)
    step = timedelta(days=1) if by_day else WEEK
    context = {
        "book": book,
        "day": day,
        "today": today,
        "by_day": by_day,
        "before": day - step,
        "after": day + step,
        "therapists": therapists,
        "chosen": chosen,
        "now": now,
    }
    piece = "#book" if request.headers.get("HX-Request") == "true" else ""
    return render(request, f"visits/staff/bookings.html{piece}", context)


@require_safe
def booking(request: Asked, visit: UUID) -> HttpResponse:
    """Show one booking."""
    return _show(request, _found(visit))


@require_POST
def move(request: Asked, visit: UUID) -> HttpResponse:
    """Give it another time, therapist, kind, length or room; or look what is free."""
    found = _found(visit)
    form = WhenForm(request.POST, clinic=request.clinic)
    if request.POST.get("do") != "move":
        return _show(request, found, form=form, looking=True)
    if not form.is_valid():
        return _show(request, found, form=form)
    said, length = form.cleaned_data, form.length or found.planned
    short = shorter_than_plan(found.client, length)
    if short and not said["even_short"]:
        return _show(request, found, form=form, doubt=short)
    try:
        move_visit(
            found,
            to=said["start"],
            therapist=said["therapist"],
            kind=said["kind"],
            planned=length,
            room=said["room"],
            no_room=said["room"] is None,
            even_closed=said["even_closed"],
            tell="tell" in request.POST,
            **_by(request),
        )
    except (NotBooked, NotFromHere, SomebodyWasFaster) as refused:
        return _show(request, found, form=form, refused=refused)
    _say(request, _("Changed: %(name)s, %(when)s."), found)
    return redirect("visits:booking", found.pk)


@require_POST
def note(request: Asked, visit: UUID) -> HttpResponse:
    """Keep what they asked for, the room, and whether it is a first visit."""
    found = _found(visit)
    form = NoteForm(request.POST, clinic=request.clinic)
    if not form.is_valid():
        return _show(request, found, note_form=form)
    try:
        note_visit(found, **form.cleaned_data, **_by(request))
    except (NotBooked, SomebodyWasFaster) as refused:
        return _show(request, found, note_form=form, refused=refused)
    _say(request, _("Kept: %(name)s, %(when)s."), found)
    return redirect("visits:booking", found.pk)


@require_POST
def cancel(request: Asked, visit: UUID) -> HttpResponse:
    """Call it off, with a reason, and tell the client."""
    found = _found(visit)
    reason, tell = request.POST.get("reason", ""), "tell" in request.POST
    try:
        cancel_visit(found, reason=reason, tell=tell, **_by(request))
    except (NotFromHere, SomebodyWasFaster) as refused:
        return _show(request, found, refused=refused)
    _say(request, _("Cancelled: %(name)s, %(when)s."), found)
    return redirect("visits:booking", found.pk)


def _by(request: Asked) -> dict[str, Any]:
    """Who acts, when, and on which version of the booking as they saw it."""
    version = request.POST.get("version", "")
    return {
        "by": request.actor,
        "now": clock.now(),
        "version": int(version) if version.isdecimal() and len(version) < 10 else 0,
    }


def _found(key: UUID) -> Visit:
    visit = whole_visit(key)
    if visit is None:
        raise Http404("visit")
    return visit


def _say(request: Asked, words: str, visit: Visit) -> None:
    at = when(visit.booked_at, request.clinic.zone)
    messages.success(request, words % {"name": visit.client.goes_by, "when": at})


def _show(
    request: Asked,
    visit: Visit,
    *,
    form: WhenForm | None = None,
    note_form: NoteForm | None = None,
    looking: bool = False,
    **more: Any,
) -> HttpResponse:
    now, refused = clock.now(), more.get("refused")
    record_seen("visits.see_booking", [visit.client_id], by=request.actor, now=now)
    # What the page shows is what is in the book now, whatever was tried.
    stored = whole_visit(visit.pk) or visit
    form = form or WhenForm(initial=_as_it_is(stored, now), clinic=request.clinic)
    context = {
        "visit": stored,
        "form": form,
        "note_form": note_form or NoteForm(initial=_notes(stored), clinic=request.clinic),
        "looking": looking,
        "letters": letters_about(stored),
        "can_change": stored.state == State.BOOKED,
        "is_closed": isinstance(refused, ClinicClosed),
        "was_faster": isinstance(refused, SomebodyWasFaster),
        "not_from_here": isinstance(refused, NotFromHere),
        "warning": shorter_than_plan(stored.client, form.length) if form.length else "",
        "now": now,
        **times_for(form, now=now, visit=stored),
        **more,
    }
    wrong = request.method == "POST" and not looking
    status = 409 if context["was_faster"] else 422 if wrong else 200
    piece = looking and request.headers.get("HX-Request") == "true"
    template = "visits/staff/booking.html" + ("#times" if piece else "")
    return render(request, template, context, status=status)


def _as_it_is(visit: Visit, now: datetime) -> dict[str, Any]:
    local = visit.booked_at.astimezone(visit.clinic.zone)
    return {
        "kind": visit.kind_id,
        "therapist": visit.therapist_id,
        "minutes": int(visit.planned.total_seconds() // 60),
        "day": max(local.date(), now.astimezone(visit.clinic.zone).date()),
        "other": local.time(),
        "room": visit.room_id,
    }


def _notes(visit: Visit) -> dict[str, Any]:
    return {"asked_for": visit.asked_for, "is_first": visit.is_first, "room": visit.room_id}
