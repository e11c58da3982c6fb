"""Who saw and did what about a client, as they read it: one line for what belongs together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.audit.models import Entry
from alongside.audit.queries import about_client
from alongside.office.queries.sentences import Names, told
from alongside.people.actors import ActorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Somebody did one kind of thing on a day: once, or several times."""

    said: str
    first_at: datetime
    last_at: datetime
    times: int
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What was seen and done on one day, the newest first."""

    day: date
    lines: list[Seen]


def by_others(client: UUID) -> QuerySet[Entry]:
    """Give the rows of the record about a client, without what they did themselves."""
    own = Q(actor_kind=ActorKind.CLIENT, actor_id=client)
    return about_client(client).exclude(own)


def days_of(entries: Iterable[Entry], zone: tzinfo, names: Names | None = None) -> list[Day]:
    """Group rows that come newest first: by day, then by who did the same."""
    days: dict[date, dict[tuple[object, ...], list[Entry]]] = {}
    for entry in entries:
        same = (entry.actor_kind, entry.actor_id, entry.actor_label, entry.verb)
        day = entry.at.astimezone(zone).date()
        days.setdefault(day, {}).setdefault(same, []).append(entry)
    return [
        Day(day=day, lines=[_line(alike, names) for alike in groups.values()])
        for day, groups in days.items()
    ]


def _line(alike: list[Entry], names: Names | None) -> Seen:
    newest = alike[0]
    return Seen(
        said=told(newest, names),
        first_at=min(one.at for one in alike),
        last_at=max(one.at for one in alike),
        times=len(alike),
        is_read=newest.is_read,
    )
