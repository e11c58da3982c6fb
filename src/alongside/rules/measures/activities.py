"""Activities 0 to 10: three to five activities that are hard to do, scored as the PSFS is scored.

The idea and the scoring are published (Stratford 1995); the wording is ours.
"""

from alongside.rules.measures.answers import BadAnswers, Item
from alongside.rules.measures.paired import Rated, activities_of, mean_of, on_both
from alongside.rules.measures.score import (
    Asked,
    Better,
    Change,
    Licence,
    Measure,
    Score,
    Verdict,
    differs,
    not_comparable,
    reaches,
    way_of,
)

LEAST, MOST = 3, 5
DETECTABLE = 2.0
DETECTABLE_OF_ONE = 3.0
"""Points that are more than measurement error (MDC90), for the mean and for one activity."""
SIZES = ((2.7, Verdict.LARGE), (2.3, Verdict.MEDIUM), (1.3, Verdict.SMALL))
"""Smallest differences that people call large, medium and small (Abbott and Schmitt 2014)."""
RATING = {"rating": Item(name="rating", low=0, high=10, step=None)}


def rated(asked: Asked) -> tuple[Rated, ...]:
    """The activities of a request; raises BadAnswers for none or for more than five."""
    found = activities_of(asked, RATING, main="rating")
    if not found:
        raise BadAnswers("no_answers", "There is no activity here.")
    if len(found) > MOST:
        raise BadAnswers("too_many", f"{len(found)} activities; {MOST} are the most.")
    return found


def score(asked: Asked) -> Score:
    """The mean of the rated activities: 0 (not able to) to 10 (as before). Higher is better."""
    activities = rated(asked)
    mean = mean_of(activities, "rating")
    known = sum(one.ratings["rating"] is not None for one in activities)
    return Score(
        value=mean,
        shown=None if mean is None else round(mean, 2),
        answered=known,
        of=len(activities),
        notes=("fewer_than_three",) if 0 < len(activities) < LEAST else (),
        why_none="" if mean is not None else "nothing_answered",
    )


def change(before: Asked, now: Asked) -> Change:
    """On the activities rated both times: one that is not rated now drops out of both means."""
    why = differs(before, now)
    if why:
        return not_comparable(score(before), score(now), f"different_{why}")
    pairs = list(on_both(rated(before), rated(now), "rating"))
    if not pairs:
        return not_comparable(score(before), score(now), "no_activity_on_both")
    then = sum(first for _, first, _ in pairs) / len(pairs)
    today = sum(last for _, _, last in pairs) / len(pairs)
    least = DETECTABLE if len(pairs) > 1 else DETECTABLE_OF_ONE
    return Change(
        before=then,
        now=today,
        delta=today - then,
        verdict=verdict(today - then, least=least),
        way=way_of(today - then, Better.HIGHER),
        figure=f"{least:g} points are more than measurement error; 1.3, 2.3 and 2.7 are a small, "
        "a medium and a large change",
        n=len(pairs),
        parts={f"change_of_{name}": last - first for name, first, last in pairs},
    )


def verdict(delta: float, *, least: float = DETECTABLE) -> Verdict:
    """Below what can be told from error, nothing is claimed; above it, the size in words."""
    if not reaches(delta, least):
        return Verdict.BELOW_DETECTABLE
    return next(
        (size for figure, size in SIZES if reaches(delta, figure)), Verdict.BELOW_DETECTABLE
    )


ACTIVITIES = Measure(
    name="activities-0-10",
    also=("activities", "psfs", "psfs-style"),
    title="Activities 0–10",
    licence=Licence.EMBED,
    low=0,
    high=10,
    better=Better.HIGHER,
    score=score,
    change=change,
    formula="mean of the rated activities",
    missing="An activity not rated this time drops out of both means.",
    changes="MDC90: 2 points (mean), 3 (one activity); 1.3 small, 2.3 medium, 2.7 large.",
    source="Stratford et al. 1995; Abbott and Schmitt, JOSPT 2014;44:560",
    attribution="The wording is ours; scored as the Patient-Specific Functional Scale is.",
    items=tuple(RATING.values()),
    takes='"answers": [3, 2, 5], {activity: rating}, or "activities": [{"name", "rating"}]',
)
