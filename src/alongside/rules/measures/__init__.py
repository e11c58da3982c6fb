"""Outcome measures: exact scores, what is missing, and what a change is worth.

`ALL` holds every measure by name; `find(name)` takes other spellings too. A measure's `score` and
`change` read a request (`score.Asked`) and raise `answers.BadAnswers`. Nothing here holds an item's
text: definitions are data files beside this package, and only of instruments that may be shipped.
"""

from alongside.rules.measures.activities import ACTIVITIES
from alongside.rules.measures.answers import BadAnswers
from alongside.rules.measures.elsewhere import HELD_ELSEWHERE
from alongside.rules.measures.functioning import FUNCTIONING
from alongside.rules.measures.gas import GAS
from alongside.rules.measures.healthy_days import HEALTHY_DAYS
from alongside.rules.measures.home_check import HOME_CHECK
from alongside.rules.measures.mood import GAD_2, GAD_7, PHQ_2, PHQ_9
from alongside.rules.measures.performance import (
    BALANCE,
    BOX_AND_BLOCK,
    CHAIR_STAND,
    GRIP,
    NHPT,
    TUG,
)
from alongside.rules.measures.score import Measure
from alongside.rules.measures.section_gg import GG_MOBILITY, GG_SELF_CARE
from alongside.rules.measures.what_matters import WHAT_MATTERS

SHIPPED: tuple[Measure, ...] = (
    GAS, WHAT_MATTERS, ACTIVITIES, GG_SELF_CARE, GG_MOBILITY, PHQ_2, GAD_2, PHQ_9, GAD_7,
    NHPT, BOX_AND_BLOCK, GRIP, TUG, CHAIR_STAND, BALANCE, FUNCTIONING, HOME_CHECK, HEALTHY_DAYS,
)  # fmt: skip
ALL: dict[str, Measure] = {measure.name: measure for measure in (*SHIPPED, *HELD_ELSEWHERE)}
_SPELLINGS = {
    spelling: measure for measure in ALL.values() for spelling in (measure.name, *measure.also)
}


def find(name: str) -> Measure:
    """The measure of this name, however it is written; raises BadAnswers with those there are."""
    asked = name.strip().lower().replace("_", "-").replace(" ", "-")
    if asked not in _SPELLINGS:
        raise BadAnswers(
            "unknown_measure", f"There is no measure {name!r}. `measure list` names them."
        )
    return _SPELLINGS[asked]


__all__ = ["ALL", "HELD_ELSEWHERE", "SHIPPED", "BadAnswers", "Measure", "find"]
