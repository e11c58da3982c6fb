"""A printed slip, 80 mm wide: the code, the wait, by when, and the way to one's own page."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.visits.actions.letters import address_for
from alongside.visits.actions.slip import give_slip
from alongside.visits.queries.client import own_visit
from alongside.visits.views.qr import qr
from alongside.visits.views.waiting import what_we_told


@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: Asked, visit: UUID) -> HttpResponse:
    """Show a slip; printed (POST) it carries a new address for the client's own phone."""
    now, found = clock.now(), own_visit(visit)
    if found is None or found.arrived_at is None:
        raise Http404("visit")
    code = None
    if request.method == "POST":
        give_slip(found, by=request.actor, now=now)
        code = qr(address_for(found, now=now))
    else:
        record_seen("visits.see_slip", [found.client_id], by=request.actor, now=now)
    with translation.override(found.client.language):
        context = {"visit": found, "told_at": now, "qr": code, **what_we_told(found, now)}
        return render(request, "visits/slip/page.html", context)
