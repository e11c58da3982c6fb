"""The ledger of told waits: every told value beside what came (R1)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alongside.clinics.models import VisitKind
from alongside.clinics.prepared import prepared
from alongside.people.models import Staff
from alongside.rules.ledger import Figures, Waited, Word, figures
from alongside.visits.models import Asked, Told, Visit, VisitQuerySet

# What was told of a visit, the first first.
IN_TURN = ("told_at", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One visit of the ledger, with what was told and what came."""

    visit: Visit
    told: tuple[Told, ...]
    waited: Waited

    @property
    def first(self) -> Told | None:
        """What was told at check-in."""
        return self.told[0] if self.told else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The figures of one day, therapist or kind."""

    label: object
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What the ledger says from one day to another."""

    first: date
    last: date
    whole: Figures
    by_day: tuple[Group, ...]
    by_therapist: tuple[Group, ...]
    by_kind: tuple[Group, ...]
    asked: int


def ledger(first: date, last: date) -> Ledger:
    """Sum up everybody who came in between two days (both included), in five questions.

    A quarter of a large clinic is five thousand visits: only what is summed up is read.
    """
    words = _words(first, last)
    rows = [
        (day, therapist, kind, _waited(booked, arrived, started, words.get(key, ())))
        for key, day, therapist, kind, booked, arrived, started in _times(first, last)
    ]
    names = dict(Staff.objects.values_list("id", "short_name"))
    kinds = {one.pk: str(one) for one in VisitKind.objects.all()}
    return Ledger(
        first=first,
        last=last,
        whole=figures([row[3] for row in rows]),
        by_day=_grouped((row[0], row[3]) for row in rows),
        by_therapist=_grouped((names[row[1]], row[3]) for row in rows),
        by_kind=_grouped((kinds[row[2]], row[3]) for row in rows),
        asked=Asked.objects.filter(visit__in=_came_in(first, last)).count(),
    )


def lines(first: date, last: date, *, most: int | None = None) -> list[Line]:
    """Give who came in between two days, the newest first, with every word; `most`: so many."""
    visits = list(
        _came_in(first, last)
        .order_by("-booked_at", "-therapist_id", "-id")[:most]
        .select_related("client", "therapist", "kind")
    )
    told: dict[UUID, list[Told]] = defaultdict(list)
    for one in Told.objects.filter(visit__in=[visit.pk for visit in visits]).order_by(*IN_TURN):
        told[one.visit_id].append(one)
    return [_line(visit, tuple(told[visit.pk])) for visit in visits]


def _came_in(first: date, last: date) -> VisitQuerySet:
    rows: VisitQuerySet = Visit.objects.filter(day__gte=first, day__lte=last)
    return rows.filter(arrived_at__isnull=False, started_at__isnull=False)


@prepared
def _times(first: date, last: date) -> QuerySet[Visit, tuple[Any, ...]]:
    found: QuerySet[Visit, tuple[Any, ...]] = (
        _came_in(first, last)
        .in_order()
        .values_list(
            "id", "day", "therapist_id", "kind_id", "booked_at", "arrived_at", "started_at"
        )
    )
    return found


def _words(first: date, last: date) -> dict[UUID, tuple[Word, ...]]:
    found: dict[UUID, tuple[Word, ...]] = {}
    for visit, told_at, by, to_say, said_at in _told(first, last):
        # As Told.reached_at says it.
        word = Word(reached_at=said_at if to_say else told_at, by=by)
        found[visit] = (*found.get(visit, ()), word)
    return found


@prepared
def _told(first: date, last: date) -> QuerySet[Told, tuple[Any, ...]]:
    rows = Told.objects.filter(visit__in=_came_in(first, last)).order_by(*IN_TURN)
    return rows.values_list("visit_id", "told_at", "by", "to_say", "said_at")


def _line(visit: Visit, told: tuple[Told, ...]) -> Line:
    # The query asked for visits with both; the types cannot know.
    arrived, started = _there(visit.arrived_at), _there(visit.started_at)
    words = tuple(Word(reached_at=one.reached_at, by=one.by) for one in told)
    return Line(visit=visit, told=told, waited=_waited(visit.booked_at, arrived, started, words))


def _waited(
    booked: datetime, arrived: datetime, started: datetime, words: tuple[Word, ...]
) -> Waited:
    return Waited(booked_at=booked, arrived_at=arrived, started_at=started, words=words)


def _there(moment: datetime | None) -> datetime:
    if moment is None:
        raise ValueError("A visit of the ledger has arrived and started.")
    return moment


def _grouped(rows: Iterable[tuple[object, Waited]]) -> tuple[Group, ...]:
    groups: dict[object, list[Waited]] = defaultdict(list)
    for label, waited in rows:
        groups[label].append(waited)
    ordered = sorted(groups.items(), key=lambda pair: str(pair[0]))
    return tuple(Group(label=label, figures=figures(waits)) for label, waits in ordered)


def last_days(today: date, count: int) -> tuple[date, date]:
    """The last so many days up to today, both ends included."""
    return today - timedelta(days=count - 1), today
