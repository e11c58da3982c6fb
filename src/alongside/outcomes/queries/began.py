"""What somebody began and where it came to, as plain values; the same for goals and measures."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import CharField
from django.db.models.functions import Cast

from alongside.rules.outcomes import Course, of_goals, period


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The months that are looked at: from the start of a day until before the start of another."""

    first: date
    until: date
    from_at: datetime
    until_at: datetime


class Began(NamedTuple):
    """One goal of one person, or one of their measures, from its first value to its last.

    `course` is there for a measure, whose own rule has said what the change is worth; goals of one
    person are put together first. A tuple, for there are tens of thousands.
    """

    person: str
    began_at: datetime
    before: float
    now: float
    kind: str = ""
    course: Course | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is known of these months, and of how many people too little is."""

    began: tuple[Began, ...]
    only_once: int
    not_yet: int = 0
    not_alike: int = 0


def person(path: str = "client_id") -> Cast:
    """Somebody's key as text: told apart ten thousand times, quicker than by a UUID."""
    return Cast(path, CharField())


def span_of(today: date, months: int, zone: ZoneInfo) -> Span:
    """The last so many months that are over, by the clinic's clock."""
    first, until = period(today, months)
    start, end = (datetime.combine(day, time(), zone) for day in (first, until))
    return Span(first=first, until=until, from_at=start, until_at=end)


def courses(
    began: Iterable[Began], groups_of: Callable[[Began], Iterable[str]]
) -> dict[str, list[Course]]:
    """One course for each person in each group that one of theirs belongs to."""
    own: dict[str, dict[str, list[Began]]] = defaultdict(lambda: defaultdict(list))
    for one in began:
        for group in groups_of(one):
            own[group][one.person].append(one)
    return {
        group: [_together(person, some) for person, some in people.items()]
        for group, people in own.items()
    }


def _together(person: str, some: list[Began]) -> Course:
    return some[0].course or of_goals(person, [(one.before, one.now) for one in some])
