"""Finding clients, and reading who saw and did what about them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from alongside.audit.models import Entry
from alongside.people.models import Card, Client
from alongside.people.plain import plain

READ_CARD = "people.read_card"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who read a card: when last, and in how many different hours."""

    label: str
    last_at: datetime
    times: int


def find_clients(asked: str) -> QuerySet[Client]:
    """Give the clients whose names, number or mobile hold every word asked for."""
    found = Client.objects.filter(erased_at=None).order_by("last_name", "first_name", "pk")
    for word in plain(asked).split():
        # 06 12 and +33 6 12 are the same telephone: the trunk zero is left out.
        bare = word.lstrip("+0") if word.strip("+").isdigit() else word
        found = found.filter(found_by__contains=bare or word)
    return found


def card_of(client: Client) -> Card:
    """Give a client's card; an empty one, not yet saved, where nothing was told."""
    return Card.objects.filter(client=client).first() or Card(client=client)


def readers_of_card(client: UUID) -> list[Reader]:
    """Give who has read a client's card, the latest first."""
    rows = (
        Entry.objects.filter(client_key=client, verb=READ_CARD)
        .order_by()
        .values("actor_id", "actor_label")
        .annotate(last_at=Max("at"), times=Count("pk"))
        .order_by("-last_at")
    )
    return [
        Reader(label=row["actor_label"], last_at=row["last_at"], times=row["times"]) for row in rows
    ]
