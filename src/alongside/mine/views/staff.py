"""For staff: who a client lets see their page, written down with how the client agreed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.mine.actions.close_ones import ShareEndedMeanwhile, end_sharing, let_see
from alongside.mine.forms import AgreedForm, CloseOneForm
from alongside.mine.queries.close_ones import close_one_of, shared_by, today_at
from alongside.parts.part import Panel
from alongside.people.actors import Actor
from alongside.people.models import Client


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: Asked, client_id: UUID) -> HttpResponse:
    """Show who may see what, and write down what the client agreed to."""
    now, client = clock.now(), get_object_or_404(Client, pk=client_id)
    today = today_at(request.clinic, now)
    record_seen("mine.see_people", [client.pk], by=request.actor, now=now)
    form = CloseOneForm(
        request.POST or None,
        initial={"language": client.language},
        off=request.clinic.parts_off,
        decides_from=request.clinic.decides_from,
        today=today,
    )
    agreed = AgreedForm(request.POST or None)
    both = [form.is_valid(), agreed.is_valid()]
    if request.method == "POST" and all(both):
        how = agreed.cleaned_data["how"]
        let_see(client, form.values(), by=request.actor, how=how, today=today, now=now)
        messages.success(request, _("Written down, with how they agreed."))
        return redirect("mine:staff-people", client_id=client.pk)
    context = {
        "client": client,
        "form": form,
        "agreed": agreed,
        "shared": shared_by(client, today=today, off=request.clinic.parts_off),
    }
    status = 422 if form.is_bound else 200
    return render(request, "mine/staff/people.html", context, status=status)


@require_POST
def end(request: Asked, client_id: UUID, close_one_id: UUID) -> HttpResponse:
    """End it, because the client asked."""
    now = clock.now()
    today = today_at(request.clinic, now)
    one = close_one_of(close_one_id, client_id, today=today)
    if one is None:
        raise Http404("close one")
    try:
        end_sharing(one, by=request.actor, now=now)
    except ShareEndedMeanwhile:
        raise Http404("close one") from None
    messages.success(request, _("Ended. They see nothing of this page any more."))
    return redirect("mine:staff-people", client_id=client_id)


def on_clients_page(client: Client, actor: Actor) -> Panel:
    """Tell staff who may see this client's page."""
    today = today_at(client.clinic, clock.now())
    shared = shared_by(client, today=today, off=client.clinic.parts_off)
    context = {"client": client, "shared": [one for one in shared if not one.is_over]}
    return Panel(template="mine/staff/panel.html", context=context, order=60)
