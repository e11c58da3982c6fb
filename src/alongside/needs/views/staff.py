"""A client's needs for staff: who says what, side by side; what fits; what was offered."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.needs import messages as said
from alongside.needs.actions.offer import CoversNothing, answer, offer
from alongside.needs.actions.say import say
from alongside.needs.forms import ExtentForm
from alongside.needs.models import Area, Service, Voice
from alongside.needs.queries.profile import fits, lines_of, proposal_of, proposals_of
from alongside.needs.queries.who_sees import seen_by
from alongside.needs.views.pictures import fitting, rows
from alongside.people.models import Client
from alongside.ui.see_other import see_other

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
def needs(request: Asked, client_id: UUID) -> HttpResponse:
    """Show what is hard and what helps, and what we can offer; enter one thing more."""
    client = get_object_or_404(Client, pk=client_id)
    areas = seen_by(request.actor, client.pk)
    form = ExtentForm(request.POST or None, areas=areas)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        say(client, values.pop("code"), **values, by=request.actor, now=clock.now())
        return _see(client.pk)
    record_seen("needs.read", [client.pk], by=request.actor, now=clock.now())
    found, offered = lines_of(client.pk, areas), proposals_of(client.pk, areas)
    context = {
        "client": client,
        "rows": rows(found, request.clinic.zone),
        "voices": [label for _value, label in Voice.choices],
        "fits": fitting(fits(found, offered)),
        "proposals": offered,
        "kept": said.kept_apart(areas),
        "parts": [(area, label) for area, label in Area.choices if area in areas],
        "form": form,
        "zone": request.clinic.zone,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "needs/staff/needs.html", context, status=status)


@require_POST
def offered(request: Asked, client_id: UUID) -> HttpResponse:
    """Offer a service to a client, with one tap."""
    client = get_object_or_404(Client, pk=client_id)
    service = get_object_or_404(Service, pk=_key(request.POST.get("service", "")))
    try:
        offer(client, service, by=request.actor, now=clock.now())
    except CoversNothing:
        messages.info(request, _("This service covers nothing of what is hard for them now."))
    return _see(client.pk)


@require_POST
def answered(request: Asked, client_id: UUID) -> HttpResponse:
    """Note what the client answered."""
    areas = seen_by(request.actor, client_id)
    found = proposal_of(_key(request.POST.get("proposal", "")), client_id, areas)
    does = request.POST.get("do", "")
    if found is None or does not in ("accept", "decline"):
        raise Http404("proposal")
    if not answer(found, accepts=does == "accept", by=request.actor, now=clock.now()):
        messages.info(request, _("This was answered already."))
    return _see(client_id)


def _key(said_key: str) -> UUID:
    try:
        return UUID(said_key)
    except ValueError:
        raise Http404("key") from None


def _see(client: UUID) -> HttpResponse:
    return see_other("needs:of-client", client_id=client)
