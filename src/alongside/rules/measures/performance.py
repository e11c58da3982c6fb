"""The six performance measures, each with its figures and where they are from."""

from collections.abc import Callable

from alongside.rules.measures.answers import Item
from alongside.rules.measures.score import Asked, Better, Change, Licence, Measure, Score
from alongside.rules.measures.sums import Changed
from alongside.rules.measures.timed import (
    BBT_SCORE,
    FREE,
    GRIP_TRIAL,
    HELD,
    NHPT_SCORE,
    STAND_TRIAL,
    TUG_TRIAL,
    balance,
    bbt_change,
    chair_stand,
    grip,
    grip_change,
    nhpt_change,
    tug,
)


def _measure(
    name: str,
    also: tuple[str, ...],
    title: str,
    unit: str,
    item: Item,
    score: Callable[[Asked], Score],
    better: Better,
    *,
    change: Callable[[Asked, Asked], Change] | None = None,
    changes: str = "No figure for change is used.",
    source: str,
    takes: str,
    high: float | None = None,
    bands: tuple[str, ...] = (),
) -> Measure:
    return Measure(
        name=name,
        also=also,
        title=title,
        licence=Licence.EMBED,
        low=0,
        high=high,
        better=better,
        score=score,
        change=change or Changed(score=score, better=better),
        formula=f"{unit}: the mean of the trials, or the best where the clinic has set that",
        missing="No trial, no score; not completed is kept as such.",
        changes=changes,
        source=source,
        attribution=FREE,
        items=(item,),
        unit=unit,
        bands=bands,
        unattended=False,
        takes=takes,
    )


NHPT = _measure(
    "nine-hole-peg", ("nhpt", "9hpt"), "Nine-Hole Peg Test", "seconds", NHPT_SCORE.item,
    NHPT_SCORE, Better.LOWER, change=nhpt_change,
    changes="More than error: stroke, affected hand 32.8 s; Parkinson's 2.6 s dominant, 1.3 s "
    "other hand; multiple sclerosis 20 %.",
    source="Chen et al. 2009 (stroke)",
    takes='"answers": {"seconds": 41.5 or "trials": [..], "hand"?, "population"?, '
    '"not_completed"?, "pegs"?}',
)  # fmt: skip
BOX_AND_BLOCK = _measure(
    "box-and-block", ("bbt", "box-block"), "Box and Block Test", "blocks in 60 s", BBT_SCORE.item,
    BBT_SCORE, Better.HIGHER, change=bbt_change, high=150,
    changes="More than error: 5.5 blocks a minute after a stroke.",
    source="Chen et al. 2009 (stroke)",
    takes='"answers": {"blocks": 34, "hand"?, "population"?}',
)  # fmt: skip
GRIP = _measure(
    "grip", ("grip-strength",), "Grip strength", "kg", GRIP_TRIAL.item,
    grip, Better.HIGHER, change=grip_change,
    changes="5.0 to 6.5 kg.",
    source="Bohannon 2019; EWGSOP2 (low: under 27 kg men, under 16 kg women)",
    takes='"answers": {"kg": 24 or "trials": [..], "sex"?, "use"? ("mean" or "best"), "hand"?}',
    bands=("low", "not_low"),
)  # fmt: skip
TUG = _measure(
    "tug", ("timed-up-and-go", "timed-up-go"), "Timed Up and Go", "seconds", TUG_TRIAL.item,
    tug, Better.LOWER,
    source="CDC STEADI: 12 s or more is at risk",
    takes='"answers": {"seconds": 11.9}',
    bands=("not_at_risk", "at_risk"),
)  # fmt: skip
CHAIR_STAND = _measure(
    "chair-stand", ("30s-chair-stand", "chair-stand-30"), "30-second chair stand", "stands",
    STAND_TRIAL.item, chair_stand, Better.HIGHER, high=60,
    source="CDC STEADI: below average by age and sex, 60 to 94; arms used counts as 0",
    takes='"answers": {"stands": 12, "age"?, "sex"?, "arms_used"?}',
    bands=("below_average", "not_below_average"),
)  # fmt: skip
BALANCE = _measure(
    "four-stage-balance", ("4-stage-balance", "balance"), "Four-stage balance", "stances held 10 s",
    HELD, balance, Better.HIGHER, high=4,
    source="CDC STEADI: tandem under 10 s is at risk",
    takes='"answers": {"feet_together": 10, "semi_tandem": 10, "tandem": 8, "one_leg": 0}',
    bands=("at_risk", "not_at_risk"),
)  # fmt: skip
