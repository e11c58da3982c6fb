"""A client's own page about one visit: what they need to know now, and what they can tell us."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.access.actions.once import TooManyTries, count_attempt
from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.parts.slots import panels
from alongside.visits.actions.arrive import HereForAnother, arrive
from alongside.visits.actions.ask import ask_for_update
from alongside.visits.actions.mood import MOODS, say_mood
from alongside.visits.actions.not_here import client_is_late
from alongside.visits.actions.step import NotFromHere, SomebodyWasFaster
from alongside.visits.messages import wait as words
from alongside.visits.models import Channel, Visit
from alongside.visits.queries.client import Stage, opens_for, own_visit, plain_visit, stage_of
from alongside.visits.views.waiting import steps_to_go, what_we_told

LATE = (5, 10, 15, 20, 30)
# One link asks at most so often in ten minutes: each answer costs a whole look ahead.
MOST_ASKS = 10
SLOTS = {
    Stage.AHEAD: "client.arrival",
    Stage.EARLY: "client.arrival",
    Stage.DUE: "client.arrival",
    Stage.WAITING: "client.visit",
    Stage.DONE: "client.after",
}


@require_safe
def visit(request: Asked, token: str) -> HttpResponse:
    """Show where the visit is; for a live page only the piece that changes."""
    return _shown(request, _own(request), token)


def _shown(request: Asked, found: Visit, token: str) -> HttpResponse:
    now = clock.now()
    stage = stage_of(found, now)
    slot = SLOTS.get(stage)
    context: dict[str, Any] = {
        "visit": found,
        "stage": stage,
        "token": token,
        "now": now,
        "way_in": request.clinic.in_language("way_in"),
        "bring": request.clinic.in_language("bring"),
        "moods": list(reversed(MOODS)),
        "panels": panels(slot, off=request.clinic.parts_off, visit=found, token=token)
        if slot
        else [],
    }
    if stage in (Stage.EARLY, Stage.DUE):
        context |= {"opens": opens_for(found), "late": _late_choices(found)}
    if stage == Stage.WAITING:
        context |= {**what_we_told(found, now), "steps": steps_to_go(found, now)}
    piece = "#piece" if _is_open_page(request) else ""
    return render(request, f"visits/client/visit.html{piece}", context)


def _is_open_page(request: Asked) -> bool:
    return request.headers.get("HX-Request") == "true"


@require_POST
def here(request: Asked, token: str) -> HttpResponse:
    """“I am here”: sent once or five times, it counts once.

    An open page is answered with its own changing piece, in one round trip: on a slow network a
    redirect and a page to load again would keep somebody waiting to hear how long they wait.
    """
    now, found = clock.now(), _acted_on(request)
    if stage_of(found, now) == Stage.DUE:
        try:
            arrive(
                found,
                by=request.actor,
                channel=Channel.PHONE,
                key=request.POST.get("key", "")[:40],
                now=now,
            )
        except HereForAnother:
            messages.warning(
                request,
                _("You are here for another visit just now. When it ends, tap “I am here” again."),
            )
            return _back(token)
        except (NotFromHere, SomebodyWasFaster):
            # The page shows how it is now: called off, or already inside.
            pass
    return _shown(request, _own(request), token) if _is_open_page(request) else _back(token)


@require_POST
def late(request: Asked, token: str) -> HttpResponse:
    """“I will be late”: by a number of minutes after the time of the visit, or from now."""
    now, found = clock.now(), _own(request)
    minutes = _chosen(request, "late", LATE)
    until = max(found.booked_at, now) + timedelta(minutes=minutes)
    try:
        client_is_late(found, until=until, by=request.actor, now=now)
    except (NotFromHere, SomebodyWasFaster):
        messages.warning(request, _("Something changed just now. Please look again."))
    else:
        said = {"time": words.clock(until, request.clinic.zone)}
        messages.success(
            request, _("Thank you for telling us. We expect you at %(time)s. Take care.") % said
        )
    return _back(token)


@require_POST
def ask(request: Asked, token: str) -> HttpResponse:
    """“How long now?”: answered at once."""
    now, found = clock.now(), _own(request)
    try:
        count_attempt(f"ask:{found.pk}", now=now, most=MOST_ASKS)
        told = ask_for_update(found, by=request.actor, now=now)
    except TooManyTries:
        messages.info(request, _("We looked a moment ago. What you see here is the newest."))
    except NotFromHere:
        pass
    else:
        messages.info(request, _answer(told.told_at == now if told else None))
    return _back(token)


@require_POST
def mood(request: Asked, token: str) -> HttpResponse:
    """“How are you today?”: one tap, for whoever meets them next."""
    found = _own(request)
    chosen = _chosen(request, "mood", MOODS)
    if found.is_waiting and found.mood != chosen:
        try:
            say_mood(found, chosen, by=request.actor, now=clock.now())
        except SomebodyWasFaster as faster:
            say_mood(faster.visit, chosen, by=request.actor, now=clock.now())
    return _back(token, "#mood")


def _own(request: Asked) -> Visit:
    found = own_visit(request.link.subject) if request.link else None
    if found is None:
        raise Http404("visit")
    return found


def _acted_on(request: Asked) -> Visit:
    """The same visit for an action: whose it is and where, the link has said already."""
    link = request.link
    if link is None:
        raise Http404("visit")
    found = plain_visit(link.subject, link.client_id)
    if found is None:
        raise Http404("visit")
    found.clinic, found.client = request.clinic, link.client
    return found


def _chosen(request: Asked, name: str, choices: Any) -> int:
    """Read one of a few numbers; a made-up one is no address of ours."""
    chosen = request.POST.get(name, "")
    if chosen not in {str(choice) for choice in choices}:
        raise Http404(name)
    return int(chosen)


def _late_choices(found: Visit) -> list[tuple[int, Any]]:
    base = max(found.booked_at, clock.now())
    return [(minutes, base + timedelta(minutes=minutes)) for minutes in LATE]


def _answer(is_new: bool | None) -> str:
    if is_new is None:
        return _("We cannot say yet how long it will be. The front desk knows that you asked.")
    if is_new:
        return _("We looked again just now. This is the newest.")
    return _("We looked again just now. What we told you still holds.")


def _back(token: str, to: str = "") -> HttpResponseRedirect:
    address = redirect("visits:visit", token)
    address["Location"] += to
    address.status_code = 303
    return address
