"""The lead's whole report on goals or on one measure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from alongside.outcomes.queries.began import Began, Found, Span, courses, span_of
from alongside.outcomes.queries.goals import of_ladders, of_ratings
from alongside.outcomes.queries.groups import (
    NONE,
    by_service,
    by_therapist,
    services,
    therapists,
)
from alongside.outcomes.queries.measures import has_a_better, of_fillings
from alongside.outcomes.queries.tables import Table, table_of, whole_of
from alongside.rules.measures import ALL
from alongside.rules.outcomes import LEAST_OF_ONE, Figures

GOALS, GAS = "goals", "gas"
MONTHS = (12, 36)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everybody together, and by kind of goal and by service; no tables where nobody is shown."""

    of: str
    span: Span
    months: int
    found: Found
    whole: Figures | None
    kinds: Table | None
    services: Table | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The people of each therapist, together; nobody's place is a rank."""

    of: str
    span: Span
    months: int
    whole: Figures | None
    therapists: Table | None


def is_known(of: str) -> bool:
    """Whether there is such a thing to look at."""
    return of in (GOALS, GAS) or has_a_better(of)


def report(
    of: str,
    *,
    today: date,
    months: int,
    zone: ZoneInfo,
    kinds: Mapping[str, str],
    without: str,
) -> Report:
    """What came of it, by kind of goal and by service.

    `kinds` names the kinds of goal in order, `without` those who said yes to no service.
    """
    span = span_of(today, months, zone)
    found = _found(of, span)
    whole = whole_of(courses(found.began, _everybody))
    by_kind = offered = None
    if whole is not None:
        if of == GOALS:
            by_kind = table_of(kinds, courses(found.began, lambda one: (one.kind,)), whole)
        labels = {**services(), NONE: without}
        offered = table_of(labels, courses(found.began, by_service(span)), whole)
    return Report(
        of=of, span=span, months=months, found=found, whole=whole, kinds=by_kind, services=offered
    )


def team(of: str, *, today: date, months: int, zone: ZoneInfo) -> Team:
    """The same by whom people met most often: never sorted, and only from ten people on."""
    span = span_of(today, months, zone)
    found = _found(of, span)
    whole = whole_of(courses(found.began, _everybody))
    table = None
    if whole is not None:
        by_whom = courses(found.began, by_therapist(span))
        table = table_of(therapists(), by_whom, whole, least=LEAST_OF_ONE, may_sort=False)
    return Team(of=of, span=span, months=months, whole=whole, therapists=table)


def _everybody(one: Began) -> Iterator[str]:
    yield "all"


def _found(of: str, span: Span) -> Found:
    ways: dict[str, Callable[[Span], Found]] = {GOALS: of_ratings, GAS: of_ladders}
    return ways[of](span) if of in ways else of_fillings(ALL[of], span)
