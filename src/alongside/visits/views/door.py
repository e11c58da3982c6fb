"""The page behind the poster at the door: it finds one's own visit, and never lists people."""

from datetime import datetime
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.actions.once import TooManyTries, count_attempt, forgive_attempt
from alongside.access.address import address_of, household
from alongside.access.middleware import nothing_here
from alongside.access.tokens import digest_of
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic
from alongside.people.actors import of_client
from alongside.visits.actions.arrive import HereForAnother, arrive
from alongside.visits.actions.letters import address_for
from alongside.visits.actions.step import NotFromHere, SomebodyWasFaster
from alongside.visits.models import Channel, Visit
from alongside.visits.queries.client import Stage, stage_of
from alongside.visits.queries.door import clinic_with_door, visit_meant
from alongside.visits.views.find import NOT_FOUND, FindForm

# Tries that found nobody, from one address, in ten minutes.
MOST = 10


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a name and a time; give the one visit that they mean."""
    clinic = clinic_with_door(code)
    if clinic is None:
        return nothing_here(request, now=clock.now())
    with working_in(clinic):
        answer = _find(request, clinic) if request.method == "POST" else _ask(request, clinic)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _ask(
    request: HttpRequest,
    clinic: Clinic,
    form: FindForm | None = None,
    *,
    refused: object = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "clinic": clinic,
        "zone": clinic.zone,
        "form": form or FindForm(),
        "refused": refused,
    }
    return render(request, "visits/door/find.html", context, status=status)


def _find(request: HttpRequest, clinic: Clinic) -> HttpResponse:
    now, form = clock.now(), FindForm(request.POST)
    if not form.is_valid():
        return _ask(request, clinic, form, status=422)
    try:
        mine = count_attempt(
            f"door:{digest_of(household(address_of(request)))[:40]}", now=now, most=MOST
        )
    except TooManyTries:
        answer = render(request, "visits/door/busy.html", {"clinic": clinic}, status=429)
        answer["Retry-After"] = "600"
        return answer
    visit = visit_meant(clinic, now, **form.cleaned_data)
    if visit is None:
        return _ask(request, clinic, form, refused=NOT_FOUND, status=422)
    forgive_attempt(mine)
    _check_in(request, visit, now)
    answer = HttpResponse(status=303)
    answer["Location"] = urlsplit(address_for(visit, now=now)).path
    return answer


def _check_in(request: HttpRequest, visit: Visit, now: datetime) -> None:
    """Check them in if it is time; if not, their own page says when it is."""
    if stage_of(visit, now) != Stage.DUE:
        return
    try:
        arrive(
            visit,
            by=of_client(visit.client),
            channel=Channel.DOOR,
            key=request.POST.get("key", "")[:40],
            now=now,
        )
    except HereForAnother:
        messages.warning(
            request,
            _("You are here for another visit just now. When it ends, tap “I am here”."),
        )
    except (NotFromHere, SomebodyWasFaster):
        # Their own page shows how it is now.
        return
