"""Reading a client's life, what happened in it, and questions."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from alongside.clinics.prepared import prepared
from alongside.life.models import Event, Item, Kind, Question
from alongside.people.models import Client


def questions_of(client: UUID) -> list[Question]:
    """All questions about a client, the newest first."""
    return list(Question.objects.filter(client=client).select_related("owner"))


def events_of(client: UUID) -> list[Event]:
    """What happened, the newest first."""
    return list(Event.objects.filter(client=client))


def event_of(key: str, client: Client) -> Event | None:
    """One thing that happened to this client, and to nobody else."""
    with suppress(ValueError):
        found: Event | None = Event.objects.filter(pk=UUID(key), client=client).first()
        if found is not None:
            found.client = client
        return found
    return None


def life_of(client: UUID) -> list[tuple[str, list[Item]]]:
    """What belongs to a life now, by kind, in the order of the kinds."""
    items = list(Item.objects.filter(client=client, ended_at=None))
    return [(str(kind.label), [item for item in items if item.kind == kind]) for kind in Kind]


def with_open_questions(clients: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """For these clients, how many questions are open and how many nobody has seen: one query."""
    found: dict[UUID, tuple[int, int]] = {}
    asked_about = set(clients)
    for client, seen in _open():
        if client in asked_about:
            is_open, unseen = found.get(client, (0, 0))
            found[client] = (is_open + 1, unseen + (seen is None))
    return found


@prepared
def _open() -> QuerySet[Question, tuple[UUID, datetime | None]]:
    """Whose question is open, and whether it was seen; every board asks this at every change."""
    found: QuerySet[Question, tuple[UUID, datetime | None]] = Question.objects.open().values_list(
        "client", "seen_at"
    )
    return found


def to_review(by: date) -> list[Event]:
    """Events whose plan has not been looked at, the most urgent first."""
    rows = Event.objects.filter(reviewed_at=None, review_by__lte=by).select_related("client")
    return list(rows.order_by("review_by", "told_at"))


def open_questions() -> list[Question]:
    """Every question of the clinic that is not answered, by the date it is due."""
    rows = Question.objects.filter(answered_at=None).select_related("client", "owner")
    return list(rows.order_by("answer_by", "asked_at"))
