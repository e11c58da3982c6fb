"""What goals put into other pages: the client's own page, staff's page of a client, a visit."""

from typing import Protocol
from uuid import UUID

from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.goals.queries.changes import refused_of, waiting_of
from alongside.goals.queries.goals import goals_of, to_name, unnamed_of
from alongside.goals.views.pictures import drawn
from alongside.parts.part import Panel
from alongside.people.actors import CARE, Actor
from alongside.people.models import Client

SHOWN = 3


def on_own_page(client: Client, actor: Actor) -> Panel | None:
    """On a client's own page: what they want to do, and the way in."""
    if not actor.may_see("goals"):
        return None
    record_seen("goals.see_goals", [client.pk], by=actor, now=clock.now())
    zone = client.clinic.zone
    told = [drawn(one, zone) for one in goals_of(client.pk)]
    context = {
        "asked": [one for one in told if one.told.goal.is_asked],
        "active": [one for one in told if one.told.goal.is_active][:SHOWN],
        # Nothing is changed for whom no goal was ever written: then nothing is asked about changes.
        "waiting": len(waiting_of(client.pk)) if told else 0,
        "may_act": actor.may_act,
    }
    return Panel(template="goals/client/on_own_page.html", context=context, order=20)


def about_client(client: Client, actor: Actor) -> Panel | None:
    """On staff's page of a client, for whoever works on goals with them: their own words."""
    if actor.kind not in CARE:
        return None
    told = [drawn(one, client.clinic.zone) for one in goals_of(client.pk)]
    context = {
        "client": client,
        "active": [one for one in told if one.told.goal.is_active],
        "asked": [one for one in told if one.told.goal.is_asked],
        "over": sum(not (one.told.goal.is_active or one.told.goal.is_asked) for one in told),
    }
    return Panel(template="goals/staff/about_client.html", context=context, order=5)


class AVisit(Protocol):
    """What of a visit is asked for: whose it is."""

    client_id: UUID
    client: Client


class ARow(Protocol):
    """A row of the board, as far as goals go."""

    visit: AVisit


def about_visit(row: ARow, actor: Actor) -> Panel | None:
    """On staff's page of a visit: the small steps to name, and the goals to ask about."""
    if actor.kind not in CARE:
        return None
    client = row.visit.client
    goals = goals_of(client.pk)
    context = {
        "client": client,
        "active": [drawn(one, client.clinic.zone) for one in goals if one.goal.is_active],
        "name": to_name(goals),
        "unnamed": unnamed_of(client.pk),
        "refused": refused_of(client.pk) if goals else [],
    }
    if not any(context[kind] for kind in ("active", "name", "unnamed")):
        return None
    return Panel(template="goals/staff/about_visit.html", context=context, order=5)
