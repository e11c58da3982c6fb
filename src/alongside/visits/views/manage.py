"""What a client can do about their visit before its day: say they come, move it, call it off."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.actions.once import do_once
from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.rules.scheduling.clock_times import day_or_none, instant_or_none
from alongside.rules.scheduling.free import spread
from alongside.ui.see_other import see_other
from alongside.visits.actions.cancel import cancel_visit
from alongside.visits.actions.change import move_visit
from alongside.visits.actions.confirm import confirm_visit
from alongside.visits.actions.refusals import NotBooked
from alongside.visits.actions.self_service import TooLate, changes_until
from alongside.visits.actions.step import NotFromHere, SomebodyWasFaster
from alongside.visits.messages.calendar import invitation
from alongside.visits.models import State, Visit
from alongside.visits.queries.client import own_visit
from alongside.visits.queries.free import next_free_days

SEVERAL = 3
AT_ONCE = 6


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Asked, token: str) -> HttpResponse:
    """“I will come”: reading the page changes nothing, one tap does."""
    visit, now = _own(request), clock.now()
    if request.method != "POST":
        return _page(request, "confirm", visit, token)
    try:
        _once(request, "confirm", lambda: confirm_visit(visit, by=request.actor, now=now))
    except (NotFromHere, SomebodyWasFaster):
        return _look_again(request, token)
    messages.success(request, _("Thank you. We look forward to seeing you."))
    return _back(token)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Asked, token: str) -> HttpResponse:
    """Choose another time with the same therapist."""
    visit, now = _own(request), clock.now()
    if request.method != "POST":
        return _page(request, "change", visit, token, **_free(request, visit, now))
    to = instant_or_none(request.POST.get("to", ""))
    if to is None:
        wrong = _("Please choose a time.")
        return _page(
            request, "change", visit, token, 422, wrong=wrong, **_free(request, visit, now)
        )
    try:
        _once(request, "change", lambda: move_visit(visit, to=to, by=request.actor, now=now))
    except TooLate:
        return _page(request, "change", visit, token, 409)
    except (NotFromHere, SomebodyWasFaster):
        return _look_again(request, token)
    except NotBooked:
        wrong = _("This time is not free any more. Please choose another one.")
        return _page(
            request, "change", visit, token, 409, wrong=wrong, **_free(request, visit, now)
        )
    messages.success(request, _("Your visit has a new time. We wrote it to you as well."))
    return _back(token)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Asked, token: str) -> HttpResponse:
    """Call it off, after one question, with another time offered."""
    visit, now = _own(request), clock.now()
    if request.method != "POST":
        return _page(request, "cancel", visit, token)
    reason = request.POST.get("reason", "")
    try:
        _once(
            request,
            "cancel",
            lambda: cancel_visit(visit, reason=reason, by=request.actor, now=now),
        )
    except TooLate:
        return _page(request, "cancel", visit, token, 409)
    except (NotFromHere, SomebodyWasFaster):
        return _look_again(request, token)
    messages.success(request, _("Your visit is cancelled. Thank you for telling us."))
    return _back(token)


@require_safe
def calendar(request: Asked, token: str) -> HttpResponse:
    """The visit as a file for the client's own calendar."""
    visit = _own(request)
    link = request.build_absolute_uri(reverse("visits:visit", args=[token]))
    text = invitation([visit], link=link, now=clock.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="visit.ics"'
    return response


def _own(request: Asked) -> Visit:
    visit = own_visit(request.link.subject) if request.link else None
    if visit is None or request.link is None or visit.client_id != request.link.client_id:
        raise Http404("visit")
    return visit


def _once(request: Asked, verb: str, act: Any) -> None:
    """Do it once, however often the telephone sends it."""
    key = request.POST.get("key", "")
    own = f"{request.link.pk}:{key}"[:80] if key and request.link else ""

    def acted() -> dict[str, Any]:
        act()
        return {}

    do_once(own, f"visits.{verb}", acted, now=clock.now())


def _free(request: Asked, visit: Visit, now: datetime) -> dict[str, Any]:
    """A few days with free times; another day can be asked for."""
    wished = day_or_none(request.GET.get("day", ""))
    first = max(wished or visit.day, now.astimezone(request.clinic.zone).date())
    days = next_free_days(visit, first, now=now + timedelta(hours=1), most=SEVERAL)
    return {
        # A choice, not a wall: the others are a call away, or on a later day.
        "days": [(day, spread(starts, most=AT_ONCE)) for day, starts in days],
        "first": first,
        "after": days[-1][0] + timedelta(days=1) if days else None,
    }


def _page(
    request: Asked, name: str, visit: Visit, token: str, status: int = 200, **more: Any
) -> HttpResponse:
    now = clock.now()
    context = {
        "visit": visit,
        "token": token,
        "can_change": visit.state == State.BOOKED,
        "in_time": now <= changes_until(visit),
        "until": changes_until(visit),
        "now": now,
        **more,
    }
    return render(request, f"visits/client/manage_{name}.html", context, status=status)


def _look_again(request: Asked, token: str) -> HttpResponse:
    messages.warning(request, _("Something changed just now. Please look again."))
    return _back(token)


def _back(token: str) -> HttpResponseRedirect:
    return see_other("visits:visit", token)
