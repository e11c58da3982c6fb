"""What somebody does and wants to do: COPM, AusTOMs, I-HOPE."""

from alongside.rules.measures.answers import BadAnswers, Item
from alongside.rules.measures.elsewhere.held import Named, figures, measure
from alongside.rules.measures.paired import activities_of, mean_of, on_both
from alongside.rules.measures.score import (
    Asked,
    Better,
    Change,
    Measure,
    Score,
    differs,
    not_comparable,
    way_of,
)
from alongside.rules.measures.sums import worth

COPM_RATINGS = {
    name: Item(name=name, low=1, high=10, step=None)
    for name in ("importance", "performance", "satisfaction")
}


def copm(asked: Asked) -> Score:
    """The means of performance and satisfaction over at most five problems, 1 to 10 each."""
    if "total" in asked:
        asked = {"activities": [{"performance": asked["total"]}]}
    problems = activities_of(asked, COPM_RATINGS, main="performance")
    if len(problems) > 5:
        raise BadAnswers("too_many", f"{len(problems)} problems; 5 are the most.")
    performance, satisfaction = (
        mean_of(problems, name) for name in ("performance", "satisfaction")
    )
    parts: dict[str, float | int | str | None] = {
        "performance": performance,
        "satisfaction": satisfaction,
    }
    return Score(
        value=performance,
        shown=None if performance is None else round(performance, 2),
        answered=sum(one.ratings["performance"] is not None for one in problems),
        of=len(problems),
        parts={name: part for name, part in parts.items() if part is not None},
        why_none="" if performance is not None else "nothing_answered",
    )


def copm_change(before: Asked, now: Asked) -> Change:
    """Over the problems rated both times; two points are the classic figure, anchors vary."""
    why = differs(before, now)
    pairs = list(
        on_both(
            activities_of(before, COPM_RATINGS, main="performance"),
            activities_of(now, COPM_RATINGS, main="performance"),
            "performance",
        )
    )
    if why or not pairs:
        return not_comparable(copm(before), copm(now), f"different_{why}" if why else "no_score")
    then = sum(first for _, first, _ in pairs) / len(pairs)
    today = sum(last for _, _, last in pairs) / len(pairs)
    return Change(
        before=then,
        now=today,
        delta=today - then,
        verdict=worth(today - then, error=None, matters=2.0),
        way=way_of(today - then, Better.HIGHER),
        figure="2 points, the classic figure; anchors vary from 0.9 to 3.2",
        n=len(pairs),
    )


AUSTOMS = Named(
    items=tuple(
        Item(name=name, low=0, high=5, step=0.5)
        for name in ("impairment", "activity", "participation", "wellbeing")
    )
)


def austoms_change(before: Asked, now: Asked) -> Change:
    """Half a point on a domain; domains are never summed, each has its own change in `parts`."""
    then, today = AUSTOMS(before), AUSTOMS(now)
    moved = {
        name: float(today.parts[name] or 0) - float(value or 0)
        for name, value in then.parts.items()
        if name in today.parts
    }
    why = differs(before, now)
    if why or not moved:
        return not_comparable(then, today, f"different_{why}" if why else "no_score")
    first = next(iter(moved))
    return Change(
        before=float(then.parts[first] or 0),
        now=float(today.parts[first] or 0),
        delta=moved[first],
        verdict=worth(moved[first], error=None, matters=0.5),
        way=way_of(moved[first], Better.HIGHER),
        figure="half a point on a domain",
        n=len(moved),
        parts={f"change_of_{name}": delta for name, delta in moved.items()},
    )


OCCUPATION: tuple[Measure, ...] = (
    measure(
        "copm",
        "Canadian Occupational Performance Measure (COPM)",
        copm,
        Better.HIGHER,
        low=1,
        high=10,
        rights="copyright and trademark; manual and measure must be purchased (thecopm.ca)",
        formula="mean of performance, mean of satisfaction over at most 5 problems",
        missing="A problem without a rating is left out of that mean.",
        changes="2 points is the classic figure; anchors vary from 0.9 to 3.2.",
        change=copm_change,
        items=tuple(COPM_RATINGS.values()),
        also=("mcro",),
        takes='"activities": [{"name"?, "importance"?, "performance", "satisfaction"}]',
    ),
    measure(
        "austoms-ot",
        "AusTOMs for occupational therapy",
        AUSTOMS,
        Better.HIGHER,
        low=0,
        high=5,
        rights="La Trobe University's kit",
        formula="0 to 5 in halves by domain, never summed",
        changes="Half a point on a domain.",
        change=austoms_change,
        items=AUSTOMS.items,
        takes='"answers": {"impairment", "activity", "participation", "wellbeing"}',
        also=("austoms",),
    ),
    measure(
        "i-hope",
        "In-Home Occupational Performance Evaluation",
        figures(performance=(0, 5), satisfaction=(0, 5), barriers=(0, 1000)),
        Better.HIGHER,
        low=0,
        high=5,
        rights="authors' permission",
        formula="as in the manual",
        also=("ihope",),
        takes='"answers": {"performance", "satisfaction", "barriers"}',
    ),
)
