"""How the plan has changed: every change with why, by whom, and what the client says to it."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.careplans import messages as said
from alongside.careplans.actions.answer_step import answer_step
from alongside.careplans.queries.notes import note_of, notes_of
from alongside.clinics import clock
from alongside.goals.queries.changes import every_change_of
from alongside.goals.queries.goals import written_by
from alongside.life.queries import events_of
from alongside.mine.reader import reader, whose_page
from alongside.needs.queries.profile import proposals_of
from alongside.needs.queries.who_sees import seen_by
from alongside.people.actors import Actor
from alongside.people.models import Client
from alongside.ui.history import Changed, newest_first
from alongside.ui.see_other import see_other

A_PAGE = 50


@require_safe
def mine(request: Asked) -> HttpResponse:
    """Show how my plan has changed."""
    client = whose_page(request)
    record_seen("careplans.see_plan", [client.pk], by=request.actor, now=clock.now())
    page = Paginator(_history(client, request.actor), A_PAGE).get_page(request.GET.get("page"))
    context = {**reader(request, client), "page": page}
    return render(request, "careplans/client/plan.html", context)


@require_safe
def staff(request: Asked, client_id: UUID) -> HttpResponse:
    """Show how a client's plan has changed."""
    client = get_object_or_404(Client, pk=client_id)
    record_seen("careplans.see_plan", [client.pk], by=request.actor, now=clock.now())
    page = Paginator(_history(client, request.actor), A_PAGE).get_page(request.GET.get("page"))
    context = {"client": client, "page": page, "zone": request.clinic.zone}
    return render(request, "careplans/staff/plan.html", context)


@require_POST
def answer(request: Asked) -> HttpResponse:
    """Say yes to the next step, or no."""
    client, does = whose_page(request), request.POST.get("do", "")
    found = None
    with suppress(ValueError):
        found = note_of(UUID(request.POST.get("note", "")), client.pk)
    if found is None or does not in ("yes", "no"):
        raise Http404("note")
    if not answer_step(found, agrees=does == "yes", by=request.actor, now=clock.now()):
        messages.info(request, _("This was answered already."))
    elif does == "no":
        messages.info(request, _("We have noted it, and talk about it with you."))
    return see_other("careplans:mine")


def _history(client: Client, actor: Actor) -> list[Changed]:
    """Every change that this reader may see; what is not theirs to see is not asked for."""
    found: list[Changed] = []
    if _sees(actor, "goals"):
        found += said.of_goals(written_by(client.pk), every_change_of(client.pk))
    if _sees(actor, "life"):
        found += said.of_events(events_of(client.pk))
    if areas := seen_by(actor, client.pk):
        found += said.of_offers(proposals_of(client.pk, areas))
    return newest_first([*found, *said.of_notes(notes_of(client.pk))])


def _sees(actor: Actor, right: str) -> bool:
    return actor.is_staff or actor.may_see(right)
