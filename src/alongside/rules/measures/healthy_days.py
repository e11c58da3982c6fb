"""Healthy days: four questions of the CDC about the last thirty days."""

from alongside.rules.measures.answers import Item, read
from alongside.rules.measures.score import (
    Asked,
    Better,
    Licence,
    Measure,
    Score,
    answers_of,
)
from alongside.rules.measures.sums import Changed

MONTH = 30
GENERAL = Item(name="general", low=1, high=5, also=("1",))
PHYSICAL = Item(name="physical", low=0, high=MONTH, also=("2", "physical_days", "phys"))
MENTAL = Item(name="mental", low=0, high=MONTH, also=("3", "mental_days"))
ACTIVITY = Item(name="activity", low=0, high=MONTH, also=("4", "activity_days", "limited"))
ITEMS = (GENERAL, PHYSICAL, MENTAL, ACTIVITY)


def score(asked: Asked) -> Score:
    """Unhealthy days: min(30, physical + mental), 0 to 30, lower is better.

    None where one of the two is not answered. General health (1 to 5) and days of limited activity
    stand beside it.
    """
    answered = read(ITEMS, answers_of(asked))
    body, mind = answered[PHYSICAL.name], answered[MENTAL.name]
    value = None if body is None or mind is None else min(MONTH, body + mind)
    parts: dict[str, float | int | str | None] = {
        name: known for name, known in answered.items() if known is not None
    }
    if value is not None:
        parts["healthy_days"] = MONTH - value
    return Score(
        value=value,
        shown=value,
        answered=len([one for one in answered.values() if one is not None]),
        of=len(ITEMS),
        parts=parts,
        why_none="" if value is not None else "too_many_missing",
    )


HEALTHY_DAYS = Measure(
    name="hrqol-4",
    also=("healthy-days", "hrqol4"),
    title="Healthy days (HRQOL-4)",
    licence=Licence.EMBED,
    low=0,
    high=MONTH,
    better=Better.LOWER,
    score=score,
    change=Changed(score=score, better=Better.LOWER),
    formula="min(30, physical + mental unhealthy days)",
    missing="Both must be answered.",
    changes="No agreed figure is used.",
    source="US Centers for Disease Control and Prevention (public domain)",
    attribution="CDC",
    items=ITEMS,
    takes='"answers": {"general": 1-5, "physical": 0-30, "mental": 0-30, "activity": 0-30}',
)
