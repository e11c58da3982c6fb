"""The tablet at the door: somebody checks in, reads their wait, and leaves nothing behind."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.actions.once import TooManyTries, count_attempt, forgive_attempt
from alongside.access.asked import Asked
from alongside.access.middleware import LANGUAGE_COOKIE
from alongside.clinics import clock
from alongside.ui import comfort
from alongside.visits.actions.arrive import HereForAnother, arrive
from alongside.visits.actions.letters import address_for
from alongside.visits.actions.mood import MOODS, say_mood
from alongside.visits.actions.slip import give_slip
from alongside.visits.actions.step import NotFromHere, SomebodyWasFaster
from alongside.visits.models import Channel, State, Visit
from alongside.visits.queries.client import own_visit
from alongside.visits.queries.door import visit_meant
from alongside.visits.views.envelope import (
    COOKIE,
    Envelope,
    open_envelope,
    seal,
    throw_away,
)
from alongside.visits.views.find import NOT_FOUND, FindForm
from alongside.visits.views.qr import qr
from alongside.visits.views.waiting import what_we_told

# One tablet serves everybody; so many tries that found nobody are somebody guessing.
MOST = 30


@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: Asked) -> HttpResponse:
    """Ask for a name and a time. Without a question mark in its address it is for a new person."""
    if request.method == "POST":
        return _find(request)
    left_over = {COOKIE, LANGUAGE_COOKIE, *comfort.COOKIES.values()} & set(request.COOKIES)
    if left_over and not request.GET:
        return _for_the_next(request)
    return _ask(request)


@require_safe
def result(request: Asked, key: str) -> HttpResponse:
    """What the person came for: checked in, how long, by when, and their code."""
    held, visit = _held(request, key)
    if held is None or visit is None:
        return redirect("visits:kiosk")
    context = {**_about(visit, held), "moods": list(reversed(MOODS)), "key": key}
    return render(request, "visits/kiosk/result.html", context)


@require_POST
def mood(request: Asked, key: str) -> HttpResponse:
    """“How are you today?”, on the tablet."""
    held, visit = _held(request, key)
    chosen = request.POST.get("mood", "")
    if held is None or visit is None or chosen not in {str(mood) for mood in MOODS}:
        return redirect("visits:kiosk")
    if visit.is_waiting and visit.mood != int(chosen):
        say_mood(visit, int(chosen), by=request.actor, now=clock.now())
    return _show(request, visit, held.address)


@require_POST
def slip(request: Asked, key: str) -> HttpResponse:
    """Print a slip for somebody without a phone."""
    held, visit = _held(request, key)
    if held is None or visit is None:
        return redirect("visits:kiosk")
    give_slip(visit, by=request.actor, now=clock.now())
    return render(request, "visits/kiosk/slip.html", _about(visit, held))


@require_POST
def done(request: Asked) -> HttpResponse:
    """“I am done”: forget this person at once."""
    return _for_the_next(request)


def _find(request: Asked) -> HttpResponse:
    answer = _look_for(request)
    if "kept" in request.POST and answer.status_code < 500:
        # Sent later by the tablet itself: somebody else may stand there, who must not see it.
        return HttpResponse(status=204)
    return answer


def _look_for(request: Asked) -> HttpResponse:
    now, form = clock.now(), FindForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=422)
    try:
        mine = count_attempt(f"kiosk:{request.actor.id}", now=now, most=MOST)
    except TooManyTries:
        return _ask(request, refused=_("Please tell the front desk that you are here."), status=429)
    visit = visit_meant(request.clinic, now, **form.cleaned_data)
    if visit is None:
        return _ask(request, form, refused=NOT_FOUND, status=422)
    forgive_attempt(mine)
    if visit.state == State.BOOKED:
        try:
            arrive(
                visit,
                by=request.actor,
                channel=Channel.KIOSK,
                key=request.POST.get("key", "")[:40],
                now=now,
            )
        except HereForAnother:
            refused = _("You are here for another visit just now. Please tell the front desk.")
            return _ask(request, refused=refused, status=422)
        except (NotFromHere, SomebodyWasFaster):
            return _ask(request, form, refused=NOT_FOUND, status=422)
    return _show(request, visit, address_for(visit, now=now))


def _ask(
    request: Asked, form: FindForm | None = None, *, refused: object = "", status: int = 200
) -> HttpResponse:
    home = reverse("visits:kiosk")
    context = {
        "home": home,
        # With a question mark: the page knows that somebody is using it, and clears itself.
        "stay": f"{home}?on",
        "form": form or FindForm(),
        "refused": refused,
    }
    return render(request, "visits/kiosk/find.html", context, status=status)


def _held(request: Asked, key: str) -> tuple[Envelope | None, Visit | None]:
    held = open_envelope(request, key)
    return held, own_visit(held.visit) if held else None


def _about(visit: Visit, held: Envelope) -> dict[str, Any]:
    return {
        "home": reverse("visits:kiosk"),
        "visit": visit,
        "qr": qr(held.address),
        "told_at": clock.now(),
        **what_we_told(visit, clock.now()),
    }


def _show(request: Asked, visit: Visit, address: str) -> HttpResponse:
    answer = HttpResponse(status=303)
    key = seal(answer, request, visit=str(visit.pk), address=address)
    answer["Location"] = reverse("visits:kiosk-result", args=[key])
    return answer


def _for_the_next(request: Asked) -> HttpResponse:
    answer = HttpResponseRedirect(reverse("visits:kiosk"))
    answer.status_code = 303
    throw_away(answer)
    comfort.forget(answer, LANGUAGE_COOKIE, *comfort.COOKIES.values())
    return answer
