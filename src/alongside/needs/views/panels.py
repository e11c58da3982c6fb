"""What needs put into other pages: the client's own page, and staff's page of a client."""

from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.needs.queries.profile import lines_of, proposals_of
from alongside.needs.views.pictures import rows
from alongside.parts.part import Panel
from alongside.people.actors import CARE, Actor
from alongside.people.models import Client

SHOWN = 5


def on_own_page(client: Client, actor: Actor) -> Panel | None:
    """On a client's own page: what is hard, what waits for their answer, and the way in."""
    if not actor.may_see("needs"):
        return None
    record_seen("needs.see", [client.pk], by=actor, now=clock.now())
    found = lines_of(client.pk)
    hard = tuple(line for line in found if line.hardest)[:SHOWN]
    # Nothing is offered to whom nothing was ever hard: then nothing is asked about offers.
    offered = proposals_of(client.pk) if found else []
    context = {
        "rows": rows(hard, client.clinic.zone),
        "waiting": [one for one in offered if one.is_open],
        "may_act": actor.may_act,
    }
    return Panel(template="needs/client/on_own_page.html", context=context, order=25)


def about_client(client: Client, actor: Actor) -> Panel | None:
    """On staff's page of a client, before anything else: what is hard and what helps."""
    if actor.kind not in CARE:
        return None
    found = lines_of(client.pk)
    zone = client.clinic.zone
    context = {
        "client": client,
        "rows": rows(tuple(line for line in found if line.hardest)[:SHOWN], zone),
        "helping": rows(tuple(line for line in found if line.helps), zone),
    }
    return Panel(template="needs/staff/about_client.html", context=context, order=1)
