"""What came of goals: the first and the last rating of each, in one question."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from alongside.goals.models import Goal, Ladder, Level, Rating
from alongside.outcomes.queries.began import Began, Found, Span, person
from alongside.rules.measures.gas import own_change
from alongside.rules.measures.score import Better
from alongside.rules.outcomes import APART, of_change


def of_ratings(span: Span) -> Found:
    """Goals whose last rating fell into these months, from the first one ever made of them."""
    ratings = Rating.objects.filter(goal=OuterRef("pk"), at__lt=span.until_at)
    oldest, newest = ratings.order_by("at", "id"), ratings.order_by("-at", "-id")
    goals = Goal.objects.filter(agreed_at__lt=span.until_at).order_by()
    rows = goals.annotate(
        first_at=Subquery(oldest.values("at")[:1]),
        last_at=Subquery(newest.values("at")[:1]),
        first=Subquery(oldest.values("going")[:1]),
        last=Subquery(newest.values("going")[:1]),
    ).filter(last_at__gte=span.from_at)
    seen, began = set(), []
    names = ("reach", "first_at", "last_at", "first", "last")
    for somebody, reach, first_at, last_at, first, last in rows.values_list(person(), *names):
        seen.add(somebody)
        if last_at - first_at >= APART:
            began.append(
                Began(person=somebody, began_at=first_at, before=first, now=last, kind=reach)
            )
    return Found(
        began=tuple(began),
        only_once=len(seen - {one.person for one in began}),
        not_yet=_never_rated(goals, span),
    )


def _never_rated(goals: QuerySet[Goal], span: Span) -> int:
    """How many people agreed to a goal in these months that nobody has rated."""
    new = goals.filter(agreed_at__gte=span.from_at, ratings=None)
    return int(new.values("client").distinct().count())


def of_ladders(span: Span) -> Found:
    """Goal Attainment Scaling: each person's goals on a ladder, from where they began."""
    levels = Level.objects.filter(ladder=OuterRef("pk"), at__lt=span.until_at)
    newest = levels.order_by("-at", "-id")
    rows = (
        Ladder.objects.filter(goal__agreed_at__lt=span.until_at)
        .order_by()
        .annotate(
            last_at=Subquery(newest.values("at")[:1]),
            last=Subquery(newest.values("level")[:1]),
            is_aside=F("goal__aside_at"),
        )
        .filter(last_at__gte=span.from_at)
    )
    names = ("goal_id", "set_at", "last_at", "last", "is_aside")
    weights = ("baseline", "important", "difficult")
    own: dict[str, list[tuple[Any, ...]]] = {}
    seen = set()
    for row in rows.values_list(person("goal__client_id"), *names, *weights):
        seen.add(row[0])
        if row[3] - row[2] >= APART:
            own.setdefault(row[0], []).append(row[1:])
    began = [found for key, some in own.items() if (found := _on_ladders(key, some))]
    return Found(began=tuple(began), only_once=len(seen - own.keys()))


def _on_ladders(somebody: str, ladders: list[tuple[Any, ...]]) -> Began | None:
    asked = [
        {
            "id": str(goal),
            "level": float(last),
            "baseline": float(baseline),
            "importance": important,
            "difficulty": difficult,
            "set_aside": aside is not None,
        }
        for goal, _set, _at, last, aside, baseline, important, difficult in ladders
    ]
    change = own_change({"goals": asked})
    course = of_change(somebody, change, Better.HIGHER) if change else None
    if course is None:
        return None
    return Began(
        person=somebody,
        began_at=min(set_at for _goal, set_at, *_rest in ladders),
        before=course.before,
        now=course.now,
        course=course,
    )
