"""A client's own page: what we did at each visit, and the next step."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.careplans.queries.notes import notes_of
from alongside.clinics import clock
from alongside.people.models import Client


@require_safe
def what_we_did(request: Asked) -> HttpResponse:
    """Show what was done at each visit, the last one first."""
    key = request.actor.client
    client = Client.objects.filter(pk=key).first() if key else None
    if client is None:
        raise Http404("client")
    record_seen("careplans.see_own", [client.pk], by=request.actor, now=clock.now())
    context = {"notes": notes_of(client.pk), "zone": request.clinic.zone}
    return render(request, "careplans/client/what_we_did.html", context)
