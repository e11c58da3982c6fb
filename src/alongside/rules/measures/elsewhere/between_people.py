"""Between people: what caring weighs (Zarit), and how an encounter was (CARE, collaboRATE)."""

from dataclasses import replace

from alongside.rules.measures.answers import numbered
from alongside.rules.measures.elsewhere.held import MeanTimes, measure
from alongside.rules.measures.score import (
    Asked,
    Better,
    Licence,
    Measure,
    Score,
    option,
)
from alongside.rules.measures.sums import Summed

ZARIT = Summed(
    items=numbered(22, 0, 4),
    bands=((0, "little"), (21, "mild_to_moderate"), (41, "moderate_to_severe"), (61, "severe")),
)

CARE = MeanTimes(items=numbered(10, 1, 5), gaps=2, times=10)


def collaborate(asked: Asked) -> Score:
    """The mean of three items in percent of the most; `top` is 1 only where all three are at it."""
    four = option(asked, "scale", {"0_9": "9", "0_4": "4", "9": "9", "4": "4"}, "9") == "4"
    most = 4 if four else 9
    found = MeanTimes(items=numbered(3, 0, most), gaps=0, times=100 / most)(
        {key: value for key, value in asked.items() if key != "scale"}
    )
    if found.value is None:
        return found
    top = int(found.value >= 100 - 1e-9)
    return replace(found, shown=round(found.value, 1), parts={"top": top})


BETWEEN_PEOPLE: tuple[Measure, ...] = (
    measure(
        "zarit",
        "Zarit Burden Interview",
        ZARIT,
        Better.LOWER,
        low=0,
        high=88,
        rights="© ; distributed by Mapi after registration",
        formula="sum of 22 items 0 to 4",
        items=ZARIT.items,
        bands=tuple(name for _, name in ZARIT.bands),
        also=("zbi",),
    ),
    measure(
        "care",
        "CARE measure",
        CARE,
        Better.HIGHER,
        low=10,
        high=50,
        licence=Licence.CLINIC_PACK,
        rights="© Mercer 2004; free to use",
        formula="mean x 10",
        missing="Up to 2 missing or not applicable.",
        items=CARE.items,
        also=("care-measure",),
    ),
    measure(
        "collaborate",
        "collaboRATE",
        collaborate,
        Better.HIGHER,
        low=0,
        high=100,
        licence=Licence.CLINIC_PACK,
        rights="CC BY-NC-ND; permission not required",
        formula="mean of 3 items in percent; top score",
        items=numbered(3, 0, 9),
        takes='"answers": three of 0 to 9, or of 0 to 4 with "scale": "0-4"',
    ),
)
