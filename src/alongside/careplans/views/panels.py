"""What care plans put into other pages."""

from typing import Any

from alongside.audit.actions.record import record_seen
from alongside.careplans.actions.write_note import may_have_note
from alongside.careplans.queries.notes import last_before, notes_of, standing_on, without_note
from alongside.clinics import clock
from alongside.parts.part import Panel
from alongside.people.actors import CARE, Actor
from alongside.people.models import Client

SHOWN = 3


def on_own_page(client: Client, actor: Actor) -> Panel | None:
    """On a client's own page: what we did last time, and the next step."""
    if not actor.may_see("notes"):
        return None
    notes = notes_of(client.pk)
    if not notes:
        return None
    record_seen("careplans.see_own", [client.pk], by=actor, now=clock.now())
    context = {"note": notes[0], "more": len(notes) > 1, "zone": client.clinic.zone}
    return Panel(template="careplans/client/on_own_page.html", context=context, order=15)


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
