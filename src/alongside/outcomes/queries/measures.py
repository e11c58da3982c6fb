"""What came of measures: from the first filling to the last that it can be compared with."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import Count

from alongside.measures.models import Filling
from alongside.measures.queries.fillings import change_between
from alongside.outcomes.queries.began import Began, Found, Span, person
from alongside.rules.measures import ALL, Measure
from alongside.rules.measures.score import Better, Change
from alongside.rules.measures.sums import Changed
from alongside.rules.outcomes import APART, LEAST, of_change

ALIKE = ("version", "language", "mode")
"""A change is read only between two fillings with the same of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One measure that enough people have filled in."""

    measure: Measure
    people: int


def choices(span: Span) -> list[Choice]:
    """The measures of which something may be shown, those of most people first."""
    rows = (
        Filling.objects.filter(finished_at__gte=span.from_at, finished_at__lt=span.until_at)
        .exclude(value=None)
        .order_by()
        .values("measure")
        .annotate(people=Count("client", distinct=True))
    )
    found = [
        Choice(measure=ALL[row["measure"]], people=row["people"])
        for row in rows
        if row["people"] >= LEAST and has_a_better(row["measure"])
    ]
    return sorted(found, key=lambda one: (-one.people, one.measure.title))


def has_a_better(name: str) -> bool:
    """Whether this is a measure of ours, and one that says which way is better."""
    return name in ALL and ALL[name].better is not Better.NEITHER


def of_fillings(measure: Measure, span: Span) -> Found:
    """People whose last filling fell into these months, from their first that is like it."""
    # The answers are read only where the rule cannot tell from the scores.
    known = ("value", "shown") if isinstance(measure.change, Changed) else ("answers",)
    rows = (
        Filling.objects.filter(measure=measure.name, finished_at__lt=span.until_at)
        .exclude(value=None)
        .annotate(person=person())
        .order_by("client_id", "finished_at", "id")
        .values_list("person", "finished_at", *ALIKE, *known, named=True)
    )
    pairs, only_once, not_alike = [], 0, 0
    for _person, some in groupby(rows, key=itemgetter(0)):
        own = list(some)
        last = own[-1]
        if last.finished_at < span.from_at:
            continue
        alike = attrgetter(*ALIKE)
        first = next(one for one in own if alike(one) == alike(last))
        if last.finished_at - first.finished_at >= APART:
            pairs.append((first, last))
        elif last.finished_at - own[0].finished_at >= APART:
            not_alike += 1
        else:
            only_once += 1
    began = tuple(_courses(measure, pairs))
    not_alike += len(pairs) - len(began)
    return Found(began=began, only_once=only_once, not_alike=not_alike)


def _courses(measure: Measure, pairs: list[tuple[Any, Any]]) -> Iterator[Began]:
    for (first, _last), change in zip(pairs, _changes(measure, pairs), strict=True):
        course = of_change(first.person, change, measure.better) if change else None
        if course is not None:
            yield Began(
                person=first.person,
                began_at=first.finished_at,
                before=course.before,
                now=course.now,
                course=course,
            )


def _changes(measure: Measure, pairs: list[tuple[Any, Any]]) -> list[Change | None]:
    by_rule = measure.change
    if isinstance(by_rule, Changed):
        what = attrgetter("shown" if by_rule.shown else "value")
        return [by_rule.between(what(first), what(last)) for first, last in pairs]
    return [change_between(measure, first, last) for first, last in pairs]
