"""What measures put into other pages."""

from typing import Any

from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.measures import messages
from alongside.measures.models import Mode
from alongside.measures.queries.fillings import has_open_alert, open_alerts, open_of, series_of
from alongside.measures.queries.texts import forms_for
from alongside.measures.views.kept import lock_of
from alongside.measures.views.pictures import drawn
from alongside.parts.part import Panel
from alongside.people.actors import CARE, Actor, ActorKind
from alongside.people.models import Client
from alongside.visits.queries.day import today_in

# A panel below nought stands above the waiting list: for what cannot wait.
AT_ONCE = -20


def on_own_page(client: Client, actor: Actor) -> Panel | None:
    """On a client's own page: what we ask them, and the way in."""
    if not actor.may_see("measures"):
        return None
    asked = [one for one in open_of(client.pk) if one.mode == Mode.SELF]
    record_seen("measures.see_own", [client.pk], by=actor, now=clock.now())
    forms = forms_for(asked, today_in(client.clinic, clock.now()))
    found = [(one, forms[one.pk]) for one in asked if one.pk in forms]
    # For the client alone: nobody close to them learns it from here.
    helps = actor.kind is ActorKind.CLIENT and has_open_alert(client.pk)
    context = {
        "asked": found,
        "may_act": actor.may_act,
        "lock": lock_of(client.pk),
        "help": messages.needs_help(client.clinic.phone) if helps else [],
    }
    return Panel(template="measures/client/on_own_page.html", context=context, order=30)


def about_client(client: Client, actor: Actor) -> Panel | None:
    """On staff's page of a client, for whoever treats them: what was measured."""
    if actor.kind not in CARE:
        return None
    series = [drawn(one, client.clinic.zone) for one in series_of(client.pk)]
    context = {"client": client, "series": series, "open": len(open_of(client.pk))}
    return Panel(template="measures/staff/about_client.html", context=context, order=15)


def alerts(board: Any) -> Panel | None:
    """On the board, above everything: somebody is needed now. No name and no reason stands here."""
    found = open_alerts()
    if not found:
        return None
    context = {"alerts": found}
    return Panel(template="measures/staff/on_board.html", context=context, order=AT_ONCE)
