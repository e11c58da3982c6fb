"""What care plans put into other pages."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.audit.actions.record import record_seen
from alongside.careplans.actions.say_heard import WITHIN, is_asked
from alongside.careplans.actions.write_note import may_have_note
from alongside.careplans.models import Felt, Heard
from alongside.careplans.queries.listening import last_done, told_on
from alongside.careplans.queries.notes import last_before, notes_of, standing_on, without_note
from alongside.clinics import clock
from alongside.parts.part import Panel
from alongside.people.actors import CARE, Actor
from alongside.people.models import Client

SHOWN = 3


def on_own_page(client: Client, actor: Actor) -> Panel | None:
    """On a client's own page: what we did last time, and the next step."""
    notes = list(notes_of(client.pk)[:2]) if actor.may_see("notes") else []
    asks = _asks_own(client) if actor.may_see("visits") and actor.may_act else None
    if not notes and asks is None:
        return None
    if notes:
        record_seen("careplans.see_own", [client.pk], by=actor, now=clock.now())
    context = {
        "note": next(iter(notes), None),
        "more": len(notes) > 1,
        "may_act": actor.may_act,
        "asks": asks,
        "zone": client.clinic.zone,
    }
    return Panel(template="careplans/client/on_own_page.html", context=context, order=15)


def after_visit(visit: Any, token: str) -> Panel | None:
    """On the page of a visit that is over: whether we listened well."""
    asks = _asks(visit, clock.now().astimezone(visit.clinic.zone).date())
    if asks is None:
        return None
    context = {"asks": asks, "action": reverse("careplans:heard", args=[token])}
    return Panel(template="careplans/client/after_visit.html", context=context)


def _asks_own(client: Client) -> dict[str, Any] | None:
    today = clock.now().astimezone(client.clinic.zone).date()
    visit = last_done(client.pk, since=today - WITHIN)
    return _asks(visit, today) if visit else None


def _asks(visit: Any, today: date) -> dict[str, Any] | None:
    """Three items with what was said, while they may be told."""
    told = told_on(visit.pk)
    if not is_asked(visit, told, today=today):
        return None
    words = {"heard": _("I was heard."), "understood": _("I was understood.")}
    words["valued"] = _("I felt valued.")
    items = [(one, words[one], getattr(told, one, "")) for one in Heard.ITEMS]
    return {"visit": visit, "items": items, "felt": Felt.choices}


def about_client(client: Client, actor: Actor) -> Panel | None:
    """On staff's page of a client, for whoever treats them: the last notes, and those wanted."""
    if actor.kind not in CARE:
        return None
    context = {
        "client": client,
        "notes": notes_of(client.pk)[:SHOWN],
        "wanted": without_note(client.pk, now=clock.now()),
        "zone": client.clinic.zone,
    }
    return Panel(template="careplans/staff/about_client.html", context=context, order=8)


def about_visit(row: Any, actor: Actor) -> Panel | None:
    """On staff's page of a visit: where we left off, and the note to write."""
    if actor.kind not in CARE:
        return None
    visit = row.visit
    context = {
        "visit": visit,
        "before": last_before(visit),
        "written": standing_on(visit.pk),
        "may_write": may_have_note(visit, now=clock.now()),
        "zone": visit.client.clinic.zone,
    }
    return Panel(template="careplans/staff/about_visit.html", context=context, order=15)
