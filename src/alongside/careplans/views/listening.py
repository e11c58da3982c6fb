"""Listening: a client's one tap, and what the lead sees of all of them together."""

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from alongside.access.asked import Asked
from alongside.careplans.actions.say_heard import TooLate, say_heard
from alongside.careplans.models import Felt, Heard
from alongside.careplans.queries.listening import by_month
from alongside.careplans.queries.notes import visit_of
from alongside.clinics import clock
from alongside.ui.see_other import see_other
from alongside.visits.models import Visit


@require_safe
def listening(request: Asked) -> HttpResponse:
    """Show the months that are over; no answer can be told apart from the others."""
    today = clock.now().astimezone(request.clinic.zone).date()
    context = {"months": by_month(today)}
    return render(request, "careplans/staff/listening.html", context)


@require_POST
def heard(request: Asked, token: str) -> HttpResponse:
    """One tap on the page of the visit."""
    link = request.link
    found = visit_of(UUID(str(link.subject)), link.client_id) if link else None
    _say(request, found)
    return _back(reverse("visits:visit", args=[token]))


@require_POST
def own_heard(request: Asked) -> HttpResponse:
    """One tap on one's own page."""
    found: Visit | None = None
    key = request.actor.client
    with suppress(ValueError):
        found = visit_of(UUID(request.POST.get("visit", "")), key) if key else None
    _say(request, found)
    return _back(reverse("mine:home"))


def _say(request: Asked, visit: Visit | None) -> None:
    item, _dot, felt = request.POST.get("felt", "").partition(".")
    if visit is None or item not in Heard.ITEMS or felt not in Felt.values:
        raise Http404("felt")
    with suppress(TooLate):
        say_heard(visit, item=item, felt=felt, by=request.actor, now=clock.now())


def _back(there: str) -> HttpResponse:
    return see_other(there, after="#heard")
