"""Clients: who they are, what they told us once, and who has seen it."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.actions.once import do_once, own_key
from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.audit.queries import about_client
from alongside.clinics.clock import now
from alongside.clinics.seen import ChangedMeanwhile
from alongside.office.actions.clients import (
    add_client,
    change_card,
    change_client,
)
from alongside.office.forms.both import both_values
from alongside.office.forms.client import CardForm, ClientForm
from alongside.office.queries.clients import (
    READ_CARD,
    card_of,
    find_clients,
    readers_of_card,
)
from alongside.office.queries.sentences import line, names_about
from alongside.parts.slots import panels
from alongside.people.models import Client

A_PAGE = 50
GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def clients(request: Asked) -> HttpResponse:
    """List the clients, or those who are searched for."""
    asked = request.GET.get("q", "").strip()[:80]
    page: Page[Client] = Paginator(find_clients(asked), A_PAGE).get_page(request.GET.get("page"))
    record_seen("people.list_clients", [one.pk for one in page], by=request.actor, now=now())
    return render(request, "office/staff/clients.html", {"page": page, "asked": asked})


@require_http_methods(GET_OR_POST)
def add(request: Asked) -> HttpResponse:
    """Add a client."""
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("office:client", client_id=_added(request, form))
        except ValidationError as error:
            form.add_error("number", error.messages)
    return render(
        request, "office/staff/client_form.html", {"form": form}, status=422 if form.errors else 200
    )


def _added(request: Asked, form: ClientForm) -> str:
    """Add them once, however often the form arrives, and give who it is."""

    def act() -> dict[str, str]:
        return {"client": str(add_client(form.values(), by=request.actor, now=now()).pk)}

    own = own_key(request.actor, request.POST.get("key", ""))
    return str(do_once(own, "people.add_client", act, now=now())["client"])


@require_safe
def client(request: Asked, client_id: UUID) -> HttpResponse:
    """Show a client: first what helps them, then the rest."""
    found = get_object_or_404(Client, pk=client_id, erased_at=None)
    for verb in ("people.read_client", READ_CARD):
        record_seen(verb, [found.pk], by=request.actor, now=now())
    context = {
        "client": found,
        "card": card_of(found),
        "readers": readers_of_card(found.pk),
        "panels": panels(
            "office.client",
            off=request.clinic.parts_off,
            client=found,
            actor=request.actor,
        ),
    }
    return render(request, "office/staff/client.html", context)


@require_http_methods(GET_OR_POST)
def change(request: Asked, client_id: UUID) -> HttpResponse:
    """Change a client; when somebody was faster, both values are shown and none is lost."""
    found = get_object_or_404(Client, pk=client_id, erased_at=None)
    form = ClientForm(request.POST or None, instance=found)
    context: dict[str, object] = {"form": form, "client": Client.objects.get(pk=client_id)}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_client(
                    client_id, form.values(), version=form.seen, by=request.actor, now=now()
                )
                return redirect("office:client", client_id=client_id)
            except ChangedMeanwhile as error:
                context["both"] = both_values(form, error.theirs)
                status = 409
            except ValidationError as error:
                form.add_error("number", error.messages)
    return render(request, "office/staff/client_form.html", context, status=status)


@require_http_methods(GET_OR_POST)
def card(request: Asked, client_id: UUID) -> HttpResponse:
    """Write on the card; when somebody was faster, both values are shown and none is lost."""
    found = get_object_or_404(Client, pk=client_id, erased_at=None)
    record_seen(READ_CARD, [found.pk], by=request.actor, now=now())
    form = CardForm(request.POST or None, instance=card_of(found))
    context: dict[str, object] = {"form": form, "client": found}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_card(
                    client_id, form.values(), version=form.seen, by=request.actor, now=now()
                )
                return redirect("office:client", client_id=client_id)
            except ChangedMeanwhile as error:
                context["both"] = both_values(form, error.theirs)
                status = 409
    return render(request, "office/staff/card_form.html", context, status=status)


@require_safe
def record(request: Asked, client_id: UUID) -> HttpResponse:
    """Show who saw and did what about a client, in plain words."""
    found = get_object_or_404(Client, pk=client_id)
    record_seen("people.read_record", [found.pk], by=request.actor, now=now())
    page = Paginator(about_client(found.pk), A_PAGE).get_page(request.GET.get("page"))
    names = names_about(found.pk)
    context = {"client": found, "page": page, "lines": [line(entry, names) for entry in page]}
    return render(request, "office/staff/record.html", context)
