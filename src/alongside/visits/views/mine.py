"""A client's next visits on their own page."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.parts.part import Panel
from alongside.people.actors import Actor
from alongside.people.models import Client
from alongside.ui.see_other import see_other
from alongside.visits.actions.open_own import open_own as open_visit
from alongside.visits.queries.mine import next_visits_of, visit_of


def next_visits(client: Client, actor: Actor) -> Panel | None:
    """Show what is booked, to whoever may see it."""
    if not actor.may_see("visits"):
        return None
    now = clock.now()
    record_seen("visits.see_own", [client.pk], by=actor, now=now)
    context = {
        "visits": next_visits_of(client, now),
        "may_act": actor.may_act,
        "zone": client.clinic.zone,
    }
    return Panel(template="visits/client/next_visits.html", context=context, order=10)


@require_POST
def open_own(request: Asked) -> HttpResponse:
    """Open one of them; a new address each time, for the old ones' secrets are not kept."""
    try:
        key = UUID(request.POST.get("visit", ""))
    except ValueError:
        raise Http404("visit") from None
    found = visit_of(key, request.actor.client)
    if found is None:
        raise Http404("visit")
    return see_other(open_visit(found, by=request.actor, now=clock.now()))
