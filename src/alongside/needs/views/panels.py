"""What needs put into other pages: the client's own page, staff's of a client, a visit's."""

from typing import Protocol

from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.needs import messages as said
from alongside.needs.queries.profile import lines_of, proposals_of
from alongside.needs.queries.who_sees import seen_by
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
    areas = seen_by(actor, client.pk)
    found = lines_of(client.pk, areas)
    hard = tuple(line for line in found if line.hardest)[:SHOWN]
    # Nothing is offered to whom nothing was ever hard: then nothing is asked about offers.
    offered = proposals_of(client.pk, areas) if found else []
    context = {
        "rows": rows(hard, client.clinic.zone),
        "waiting": [one for one in offered if one.is_open],
        "may_act": actor.may_act,
    }
    return Panel(template="needs/client/on_own_page.html", context=context, order=25)


def about_client(client: Client, actor: Actor) -> Panel | None:
    """On staff's page of a client, before anything else: what is hard and what helps."""
    return _for_staff(client, actor, "needs/staff/about_client.html", order=1)


class AVisit(Protocol):
    """What of a visit is asked for: whose it is."""

    client: Client


class ARow(Protocol):
    """A row of the board, as far as needs go."""

    visit: AVisit


def about_visit(row: ARow, actor: Actor) -> Panel | None:
    """On the page of a visit, before anything else: what is hard and what helps."""
    return _for_staff(row.visit.client, actor, "needs/staff/about_visit.html", order=-10)


def _for_staff(client: Client, actor: Actor, template: str, *, order: int) -> Panel | None:
    """What this reader may see of it; nothing where that is nothing."""
    areas = seen_by(actor, client.pk)
    if not areas:
        return None
    found, zone = lines_of(client.pk, areas), client.clinic.zone
    hard = tuple(line for line in found if line.hardest)
    if actor.kind not in CARE and not found:
        return None
    record_seen("needs.read", [client.pk], by=actor, now=clock.now())
    context = {
        "client": client,
        "rows": rows(hard[:SHOWN], zone),
        "more": len(hard[SHOWN:]),
        "helping": rows(tuple(line for line in found if line.helps), zone),
        "kept": said.kept_apart(areas) if actor.kind in CARE else "",
        "may_open": actor.kind in CARE,
    }
    return Panel(template=template, context=context, order=order)
