"""What matters to me: 1 to 5 things that I want to do; how well they go, how happy I am."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from alongside.rules.measures.answers import BadAnswers, Item
from alongside.rules.measures.paired import Rated, activities_of, mean_of, on_both, weighted_mean
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
    option,
    reaches,
    way_of,
)

MOST = 5
NOTICED = 2.0
"""Points from which a change is likely noticed; ours, and not validated."""
FACES = 2.5
"""What a step of the children's five faces (0 to 4) is worth on the scale of 0 to 10."""
NUMBERS = {
    name: Item(name=name, low=0, high=10, step=None)
    for name in ("importance", "doing", "satisfaction")
}
FIVE_FACES = {name: replace(item, high=4.0, step=1.0) for name, item in NUMBERS.items()}


def rated(asked: Asked) -> tuple[Rated, ...]:
    """The activities of a request on the scale 0 to 10; raises BadAnswers for none or over five."""
    faces = option(asked, "scale", ("numbers", "faces"), "numbers") == "faces"
    found = activities_of(asked, FIVE_FACES if faces else NUMBERS, main="doing")
    if not found:
        raise BadAnswers("no_answers", "There is no activity here.")
    if len(found) > MOST:
        raise BadAnswers("too_many", f"{len(found)} activities; {MOST} are the most.")
    if not faces:
        return found
    return tuple(
        replace(one, ratings={key: _times(value) for key, value in one.ratings.items()})
        for one in found
    )


def _times(value: float | None) -> float | None:
    return None if value is None else value * FACES


def score(asked: Asked) -> Score:
    """The mean of doing; in `parts` that of satisfaction, and both weighted by importance.

    0 to 10, higher is better; at least one activity. Importance ranks and weighs, it is no score.
    """
    activities = rated(asked)
    doing = mean_of(activities, "doing")
    parts: dict[str, float | int | str | None] = {
        "doing": doing,
        "satisfaction": mean_of(activities, "satisfaction"),
        "doing_weighted": weighted_mean(activities, "doing", "importance"),
        "satisfaction_weighted": weighted_mean(activities, "satisfaction", "importance"),
    }
    return Score(
        value=doing,
        shown=None if doing is None else round(doing, 2),
        answered=sum(one.ratings["doing"] is not None for one in activities),
        of=len(activities),
        parts={name: part for name, part in parts.items() if part is not None},
        why_none="" if doing is not None else "nothing_answered",
    )


def change(before: Asked, now: Asked) -> Change:
    """On the activities that were rated both times; faces and numbers are never mixed."""
    scales = [option(side, "scale", ("numbers", "faces"), "numbers") for side in (before, now)]
    why = "scale" if scales[0] != scales[1] else differs(before, now)
    if why:
        return not_comparable(score(before), score(now), f"different_{why}")
    first, last = rated(before), rated(now)
    pairs = list(on_both(first, last, "doing"))
    if not pairs:
        return not_comparable(score(before), score(now), "no_activity_on_both")
    then, today, delta = _means(pairs)
    satisfied = list(on_both(first, last, "satisfaction"))
    parts: dict[str, float | int | str | None] = (
        {"satisfaction_change": _means(satisfied)[2]} if satisfied else {}
    )
    return Change(
        before=then,
        now=today,
        delta=delta,
        verdict=Verdict.LIKELY_NOTICED if reaches(delta, NOTICED) else Verdict.NOT_YET,
        way=way_of(delta, Better.HIGHER),
        figure="2 points, ours and not validated",
        n=len(pairs),
        parts=parts,
        notes=("not_validated",),
    )


def _means(pairs: Sequence[tuple[str, float, float]]) -> tuple[float, float, float]:
    then = sum(first for _, first, _ in pairs) / len(pairs)
    today = sum(last for _, _, last in pairs) / len(pairs)
    return then, today, today - then


def in_order_of_importance(activities: Sequence[Mapping[str, float]]) -> list[int]:
    """The places of these activities, the most important first; equals in the order given."""
    return sorted(
        range(len(activities)), key=lambda place: -(activities[place].get("importance") or 0)
    )


WHAT_MATTERS = Measure(
    name="what-matters",
    also=("what-matters-to-me", "wmtm"),
    title="What matters to me",
    licence=Licence.EMBED,
    low=0,
    high=10,
    better=Better.HIGHER,
    score=score,
    change=change,
    formula="mean of doing over 1 to 5 activities; likewise satisfaction; weighted: "
    "sum(importance*x)/sum(importance)",
    missing="An activity without a rating is left out of that mean; one is enough.",
    changes="2 points or more: likely noticeable. Our own figure, not validated.",
    source="own wording and rule",
    attribution="Our own.",
    items=tuple(NUMBERS.values()),
    takes='"activities": [{"name"?, "importance", "doing", "satisfaction"}], "scale"? '
    '("numbers" 0 to 10, or "faces" 0 to 4)',
)
