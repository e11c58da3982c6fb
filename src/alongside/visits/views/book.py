"""Booking by hand: find the person, see what is free, book it, once or as a series."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alongside.access.actions.once import do_once
from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.clinics.turn import take_turn
from alongside.people.models import Client
from alongside.rules.scheduling.clock_times import day_or_none
from alongside.visits.actions.add_client import add_client
from alongside.visits.actions.book import book_visit
from alongside.visits.actions.refusals import (
    ClinicClosed,
    NoSuchClockTime,
    NotBooked,
    SlotJustTaken,
    when,
)
from alongside.visits.actions.series import SeriesClashes, book_series
from alongside.visits.models import Visit
from alongside.visits.queries.bookings import shorter_than_plan, whole_visit
from alongside.visits.queries.free import free_times
from alongside.visits.queries.series import series_dates
from alongside.visits.views.book_form import BookForm, WhenForm, clock_of

PIECES = {"clients": "#clients", "times": "#times"}


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: Asked) -> HttpResponse:
    """Show the form; look for people and free times without leaving it; book."""
    if request.method != "POST":
        return _show(request, BookForm(initial=_from_address(request), clinic=request.clinic))
    form = BookForm(request.POST, clinic=request.clinic)
    if request.POST.get("do") != "book":
        return _show(request, form, looking=True)
    if not form.is_valid():
        return _show(request, form)
    doubt = _doubt(form)
    if doubt:
        return _show(request, form, doubt=doubt)
    try:
        return _booked(request, form)
    except SeriesClashes as refused:
        return _show(request, form, refused=refused, clashes=_choices(request, form, refused))
    except NotBooked as refused:
        return _show(request, form, refused=refused)


def _booked(request: Asked, form: BookForm) -> HttpResponse:
    said, now = form.cleaned_data, clock.now()

    def act() -> dict[str, Any]:
        # Before somebody new is written down, who is part of the same booking.
        take_turn()
        client = form.chosen or _new_client(request, form, now)
        how: dict[str, Any] = {
            "planned": form.length,
            "room": said["room"],
            "asked_for": said["asked_for"],
            "is_first": True if said["is_first"] else None,
            "even_closed": said["even_closed"],
            "by": request.actor,
            "now": now,
            "confirm": said["tell"],
        }
        starts = form.starts() or _series(request, form) or [said["start"]]
        if len(starts) == 1:
            visits = [book_visit(client, said["therapist"], said["kind"], starts[0], **how)]
        else:
            visits = book_series(client, said["therapist"], said["kind"], starts, **how)
        return {"visit": str(visits[0].pk), "count": len(visits)}

    # A savepoint around all of it: a refusal leaves no new client behind.
    done = do_once(request.POST.get("key", "")[:80], "visits.book", act, now=now)
    return _say_and_go(request, done)


def _say_and_go(request: Asked, done: dict[str, Any]) -> HttpResponse:
    visit = whole_visit(UUID(done["visit"]))
    if visit is not None:
        said = {
            "name": visit.client.goes_by,
            "when": when(visit.booked_at, request.clinic.zone),
            "n": done["count"],
        }
        messages.success(
            request,
            ngettext(
                "Booked: %(name)s, %(when)s.",
                "Booked: %(name)s, %(n)d visits from %(when)s.",
                done["count"],
            )
            % said,
        )
    return redirect("visits:booking", done["visit"])


def _new_client(request: Asked, form: BookForm, now: datetime) -> Client:
    said = form.cleaned_data
    names = ("first_name", "last_name", "email", "mobile")
    return add_client(
        **{name: said[name] for name in names},
        language=said["language"] or request.clinic.languages[0],
        by=request.actor,
        now=now,
    )


def _series(request: Asked, form: BookForm) -> list[datetime]:
    said = form.cleaned_data
    if (said["times"] or 1) < 2:
        return []
    dates = series_dates(
        request.clinic,
        said["day"],
        said["time"],
        said["times"],
        every=said["every"] or 1,
        even_closed=said["even_closed"],
    )
    if dates.no_such_time:
        raise NoSuchClockTime(dates.no_such_time[0])
    return dates.starts


def _choices(request: Asked, form: BookForm, refused: SeriesClashes) -> list[dict[str, Any]]:
    """Every date of a series: what it is, and for one that clashes what could be in its place."""
    clashing = {clash.at: clash.refused for clash in refused.clashes}
    starts = form.starts() or _series(request, form)
    return [
        {"at": at, "refused": clashing.get(at), "instead": _instead(clashing.get(at))}
        for at in starts
    ]


def _instead(refused: NotBooked | None) -> list[datetime]:
    return refused.free if isinstance(refused, SlotJustTaken) else []


def _doubt(form: BookForm) -> str:
    """What should be looked at before saving: a visit shorter than this client's plan (R8)."""
    chosen, length = form.chosen, form.length
    if chosen is None or length is None or form.cleaned_data["even_short"]:
        return ""
    return shorter_than_plan(chosen, length)


def _from_address(request: Asked) -> dict[str, Any]:
    """What a link to this page has chosen already; no names, only keys."""
    asked, today = request.GET, clock.now().astimezone(request.clinic.zone).date()
    return {
        "client": asked.get("client", ""),
        "therapist": asked.get("therapist", ""),
        "kind": asked.get("kind", ""),
        "day": day_or_none(asked.get("day", "")) or today,
        "at": clock_of(asked.get("at", "")),
        "tell": True,
    }


def times_for(form: WhenForm, *, now: datetime, visit: Visit | None = None) -> dict[str, Any]:
    """The free times of what is chosen so far, and which of them is picked, for `times.html`."""
    therapist, day, length = form.value("therapist"), form.value("day"), form.length
    known = bool(therapist and day and length)
    starts: list[datetime] = []
    if therapist and day and length:
        starts = free_times(
            form.clinic,
            therapist,
            length,
            day=day,
            now=now,
            client=visit.client if visit else getattr(form, "chosen", None),
            room=form.value("room"),
            leave_out=visit.pk if visit else None,
        )
    times = [(at, f"{at.astimezone(form.clinic.zone):%H:%M}") for at in starts]
    picked = f"{form.picked:%H:%M}" if form.picked else ""
    in_list = picked in {value for _, value in times}
    return {
        "times": times,
        "can_look": known,
        "picked": picked if in_list else "",
        "other": "" if in_list else picked,
    }


def _show(request: Asked, form: BookForm, *, looking: bool = False, **more: Any) -> HttpResponse:
    now = clock.now()
    refused = more.get("refused")
    chosen, length = form.chosen, form.length
    context = {
        "form": form,
        "looking": looking,
        **times_for(form, now=now),
        "warning": shorter_than_plan(chosen, length) if chosen and length else "",
        "is_closed": isinstance(refused, ClinicClosed),
        "now": now,
        **more,
    }
    piece = PIECES.get(request.POST.get("piece", ""), "") if looking else ""
    piece = piece if request.headers.get("HX-Request") == "true" else ""
    wrong = not looking and request.method == "POST"
    return render(request, f"visits/staff/book.html{piece}", context, status=422 if wrong else 200)
