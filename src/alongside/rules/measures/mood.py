"""PHQ-9, PHQ-2, GAD-7 and GAD-2: how mood and worry have been in the last two weeks.

Each item 0 to 3; lower is better. Free to reproduce, translate, display and distribute. Item 9 of
the PHQ-9 asks about thoughts of being better off dead: any answer above 0 alerts a named person at
once, whatever the sum, and whether or not there is one. It is never filled in by a mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from alongside.rules.measures.answers import Item, numbered, read
from alongside.rules.measures.score import (
    Asked,
    Better,
    Licence,
    Measure,
    Score,
    answers_of,
)
from alongside.rules.measures.sums import Changed, Summed, nearest

SELF_HARM = "9"
ALERT = "self_harm"
NOT_ANSWERED = "item_9_not_answered"
PHQ_9_BANDS = (
    (0, "minimal"), (5, "mild"), (10, "moderate"), (15, "moderately_severe"), (20, "severe"),
)  # fmt: skip
GAD_7_BANDS = ((0, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe"))
TWO = ((0, "negative"), (3, "positive"))
DIFFICULTY = Item(name="difficulty", low=0, high=3, also=("10",))
"""The last question, how difficult it has made things: kept, never scored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithAlert:
    """The PHQ-9's sum, with item 9 looked at whatever the sum is."""

    summed: Summed

    def __call__(self, asked: Asked) -> Score:
        if "total" in asked and "answers" not in asked:
            return replace(self.summed(asked), notes=("total_only", NOT_ANSWERED))
        answered = read((*self.summed.items, DIFFICULTY), answers_of(asked))
        found = self.summed({**asked, "answers": _scored(answered)})
        harm = answered[SELF_HARM]
        return replace(
            found,
            alerts=(ALERT,) if harm else (),
            notes=(*found.notes, NOT_ANSWERED) if harm is None else found.notes,
        )


def _scored(answered: Mapping[str, float | None]) -> dict[str, float | None]:
    return {name: value for name, value in answered.items() if name != DIFFICULTY.name}


@dataclass(frozen=True, slots=True, kw_only=True)
class WithDifficulty:
    """A sum beside whose items one more is asked and not scored."""

    summed: Summed

    def __call__(self, asked: Asked) -> Score:
        if "total" in asked and "answers" not in asked:
            return self.summed(asked)
        answered = read((*self.summed.items, DIFFICULTY), answers_of(asked))
        return self.summed({**asked, "answers": _scored(answered)})


PHQ_9_SCORE = WithAlert(
    summed=Summed(items=numbered(9, 0, 3), gaps=2, rounding=nearest, bands=PHQ_9_BANDS)
)
GAD_7_SCORE = WithDifficulty(
    summed=Summed(
        items=numbered(7, 0, 3), gaps=1, rounding=nearest, bands=GAD_7_BANDS
    )
)  # fmt: skip
PHQ_2_SCORE = Summed(items=numbered(2, 0, 3), bands=TWO)
GAD_2_SCORE = Summed(items=numbered(2, 0, 3), bands=TWO)
TERMS = "No permission is required to reproduce, translate, display or distribute."


PHQ_9 = Measure(
    name="phq-9",
    also=("phq9",),
    title="PHQ-9",
    licence=Licence.EMBED,
    low=0,
    high=27,
    better=Better.LOWER,
    score=PHQ_9_SCORE,
    change=Changed(
        score=PHQ_9_SCORE, better=Better.LOWER, matters=5, figure="5 points", shown=True
    ),
    formula="sum of 9 items 0 to 3; sum/answered*9, rounded half up, where 1 or 2 are missing",
    missing="Up to 2 by the mean of the others; else no score. Item 9 is never taken for a no.",
    changes="5 points count (MCID).",
    source="Kroenke, Spitzer and Williams 2001",
    attribution=TERMS,
    items=PHQ_9_SCORE.summed.items,
    bands=tuple(name for _, name in PHQ_9_BANDS),
    # Only where a named person would hear the alert.
    unattended=False,
    takes='"answers": nine of 0 to 3',
)
GAD_7 = Measure(
    name="gad-7",
    also=("gad7",),
    title="GAD-7",
    licence=Licence.EMBED,
    low=0,
    high=21,
    better=Better.LOWER,
    score=GAD_7_SCORE,
    change=Changed(
        score=GAD_7_SCORE, better=Better.LOWER, matters=4, figure="4 points", shown=True
    ),
    formula="sum of 7 items 0 to 3; sum/answered*7, rounded half up, where 1 is missing",
    missing="One by the mean of the others; else no score.",
    changes="4 points count (MCID).",
    source="Spitzer, Kroenke, Williams and Löwe 2006",
    attribution=TERMS,
    items=GAD_7_SCORE.summed.items,
    bands=tuple(name for _, name in GAD_7_BANDS),
    takes='"answers": seven of 0 to 3',
)


def _of_two(name: str, title: str, score: Summed, source: str) -> Measure:
    return Measure(
        name=name,
        also=(name.replace("-", ""),),
        title=title,
        licence=Licence.EMBED,
        low=0,
        high=6,
        better=Better.LOWER,
        score=score,
        change=Changed(score=score, better=Better.LOWER),
        formula="sum of 2 items 0 to 3; 3 or more is positive",
        missing="None may be missing.",
        changes="A screening: no figure for change is used.",
        source=source,
        attribution=TERMS,
        items=score.items,
        bands=("negative", "positive"),
        takes='"answers": two of 0 to 3',
    )


PHQ_2 = _of_two("phq-2", "PHQ-2", PHQ_2_SCORE, "Kroenke, Spitzer and Williams 2003")
GAD_2 = _of_two("gad-2", "GAD-2", GAD_2_SCORE, "Kroenke, Spitzer, Williams, Monahan and Löwe 2007")
