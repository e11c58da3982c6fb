"""The sheet to take home: what was explained, in the client's own words, and the next step."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.careplans.models import Note
from alongside.careplans.queries.notes import note_of
from alongside.clinics import clock
from alongside.mine.reader import is_client, whose_page
from alongside.people.models import Client


@require_safe
def mine(request: Asked, note_id: UUID) -> HttpResponse:
    """Show the sheet of one visit, to keep or to show."""
    client = whose_page(request)
    record_seen("careplans.see_own", [client.pk], by=request.actor, now=clock.now())
    return _sheet(request, client, note_id)


@require_safe
def staff(request: Asked, client_id: UUID, note_id: UUID) -> HttpResponse:
    """Show the sheet as the client gets it, in their language, to be printed."""
    client = get_object_or_404(Client, pk=client_id)
    record_seen("careplans.read", [client.pk], by=request.actor, now=clock.now())
    with translation.override(client.language or "en"):
        return _sheet(request, client, note_id)


def _sheet(request: Asked, client: Client, note_id: UUID) -> HttpResponse:
    note: Note | None = note_of(note_id, client.pk)
    if note is None:
        raise Http404("note")
    context = {
        "client": client,
        "note": note,
        "is_client": is_client(request),
        "is_staff": request.actor.is_staff,
        "zone": request.clinic.zone,
    }
    return render(request, "careplans/client/sheet.html", context)
