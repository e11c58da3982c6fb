"""A client's own page: what we did at each visit, and the next step."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.careplans.queries.notes import notes_of
from alongside.clinics import clock
from alongside.mine.reader import reader, whose_page

A_PAGE = 20


@require_safe
def what_we_did(request: Asked) -> HttpResponse:
    """Show what was done at each visit, the last one first."""
    client = whose_page(request)
    record_seen("careplans.see_own", [client.pk], by=request.actor, now=clock.now())
    page = Paginator(notes_of(client.pk), A_PAGE).get_page(request.GET.get("page"))
    context = {**reader(request, client), "page": page}
    return render(request, "careplans/client/what_we_did.html", context)
