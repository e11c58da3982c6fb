"""What life and questions put into other pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.life.queries import events_of, questions_of, with_open_questions
from alongside.parts.part import Panel
from alongside.people.actors import CARE, Actor
from alongside.people.models import Client


def on_own_page(client: Client, actor: Actor) -> Panel | None:
    """On a client's own page: my questions and my life, as far as the reader may see them."""
    sees = {right: actor.may_see(right) for right in ("questions", "life")}
    if not any(sees.values()):
        return None
    record_seen("life.see_own", [client.pk], by=actor, now=clock.now())
    asked = questions_of(client.pk) if sees["questions"] else []
    events = events_of(client.pk) if sees["life"] else []
    context = {
        **sees,
        "open": [one for one in asked if one.answered_at is None],
        "answered": [one for one in asked if one.answered_at][:1],
        "to_come": [one for one in events if one.reviewed_at is None],
        "waits": any(one.waits for one in events),
    }
    return Panel(template="life/client/on_own_page.html", context=context, order=40)


def about_client(client: Client, actor: Actor) -> Panel | None:
    """On staff's page of a client: what is asked, what happened."""
    if actor.kind not in CARE:
        return None
    context = {
        "client": client,
        "open": [one for one in questions_of(client.pk) if one.answered_at is None],
        "events": [one for one in events_of(client.pk) if one.reviewed_at is None],
    }
    return Panel(template="life/staff/about_client.html", context=context, order=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTags:
    """What a row of the board says: somebody asks something, and nobody has seen it."""

    open: int
    unseen: int


def on_the_rows(board: Any, rows: Sequence[Any]) -> dict[UUID, Panel]:
    """On the board's rows: a question is open; one query for them all."""
    visits = {row.visit.client_id: row.visit.pk for row in rows}
    found = with_open_questions(list(visits)) if visits else {}
    return {
        visits[client]: Panel(
            template="life/staff/row.html", context=RowTags(open=is_open, unseen=unseen)
        )
        for client, (is_open, unseen) in found.items()
    }
