"""Which answers cannot wait: the rule itself is asked, so that no list can fall behind it."""

from functools import cache

from alongside.rules.measures.answers import BadAnswers, Item
from alongside.rules.measures.score import Measure


def cannot_wait(measure: Measure, item: str, answer: object) -> bool:
    """Tell whether this answer, with nothing beside it, raises an alert."""
    try:
        return bool(measure.score({"answers": {item: answer}}).alerts)
    except BadAnswers:
        return False


@cache
def may_alert(measure: Measure) -> bool:
    """Tell whether any answer to any of its items raises an alert."""
    return any(
        cannot_wait(measure, item.name, answer) for item in measure.items for answer in _of(item)
    )


def _of(item: Item) -> tuple[float, ...]:
    """Every answer that an item takes; its ends where there are too many."""
    return item.values() or (item.low, item.high)
