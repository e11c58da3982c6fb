"""The ledger of told waits: every told value beside what came (R1)."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from alongside.rules.ledger import Figures, Waited, Word, figures
from alongside.visits.models import Asked, Told, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One visit of the ledger, with what was told and what came."""

    visit: Visit
    told: tuple[Told, ...]
    asked: int
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
    """The ledger from one day to another."""

    first: date
    last: date
    lines: tuple[Line, ...]
    whole: Figures
    by_day: tuple[Group, ...]
    by_therapist: tuple[Group, ...]
    by_kind: tuple[Group, ...]
    asked: int


def ledger(first: date, last: date) -> Ledger:
    """Gather everybody who came in between two days (both included), in four queries."""
    visits = list(
        Visit.objects.filter(
            day__gte=first, day__lte=last, arrived_at__isnull=False, started_at__isnull=False
        )
        .in_order()
        .select_related("client", "therapist", "kind")
    )
    told = _told([visit.pk for visit in visits])
    asked = _asked([visit.pk for visit in visits])
    lines = tuple(_line(visit, told[visit.pk], asked[visit.pk]) for visit in visits)
    return Ledger(
        first=first,
        last=last,
        lines=lines,
        whole=figures([line.waited for line in lines]),
        by_day=_grouped(lines, lambda line: line.visit.day),
        by_therapist=_grouped(lines, lambda line: line.visit.therapist.short_name),
        by_kind=_grouped(lines, lambda line: str(line.visit.kind)),
        asked=sum(line.asked for line in lines),
    )


def _told(visits: list[UUID]) -> dict[UUID, list[Told]]:
    found: dict[UUID, list[Told]] = defaultdict(list)
    for told in Told.objects.filter(visit__in=visits).order_by("told_at", "id"):
        found[told.visit_id].append(told)
    return found


def _asked(visits: list[UUID]) -> dict[UUID, int]:
    found: dict[UUID, int] = defaultdict(int)
    for visit in Asked.objects.filter(visit__in=visits).values_list("visit_id", flat=True):
        found[visit] += 1
    return found


def _line(visit: Visit, told: list[Told], asked: int) -> Line:
    # The query asked for visits with both; the types cannot know.
    arrived, started = _there(visit.arrived_at), _there(visit.started_at)
    words = tuple(Word(reached_at=one.reached_at, by=one.by) for one in told)
    waited = Waited(booked_at=visit.booked_at, arrived_at=arrived, started_at=started, words=words)
    return Line(visit=visit, told=tuple(told), asked=asked, waited=waited)


def _there(moment: datetime | None) -> datetime:
    if moment is None:
        raise ValueError("A visit of the ledger has arrived and started.")
    return moment


def _grouped(lines: Iterable[Line], by: Callable[[Line], object]) -> tuple[Group, ...]:
    groups: dict[object, list[Waited]] = defaultdict(list)
    for line in lines:
        groups[by(line)].append(line.waited)
    ordered = sorted(groups.items(), key=lambda pair: str(pair[0]))
    return tuple(Group(label=label, figures=figures(waits)) for label, waits in ordered)


def last_days(today: date, count: int) -> tuple[date, date]:
    """The last so many days up to today, both ends included."""
    return today - timedelta(days=count - 1), today
