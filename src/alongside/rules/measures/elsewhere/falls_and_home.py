"""Fear of falling, and hazards at home: FES-I, HOME FAST, Westmead, SAFER-HOME."""

from alongside.rules.measures.answers import numbered
from alongside.rules.measures.elsewhere.held import Total, measure
from alongside.rules.measures.score import (
    Better,
    Measure,
)
from alongside.rules.measures.sums import Summed, up

FES_I = Summed(items=numbered(16, 1, 4), gaps=4, rounding=up)
FES_BANDS = ((7, "low"), (9, "moderate"), (14, "high"))
SHORT_FES_I = Summed(items=numbered(7, 1, 4), gaps=2, rounding=up, bands=FES_BANDS)
HOME_FAST = Summed(items=numbered(25, 0, 1), bands=((0, "below_cut"), (8, "at_risk")))


FALLS_AND_HOME: tuple[Measure, ...] = (
    measure(
        "fes-i",
        "Falls Efficacy Scale International (FES-I)",
        FES_I,
        Better.LOWER,
        low=16,
        high=64,
        rights="© ProFaNE; redistribution in software not granted in writing",
        formula="sum of 16 items 1 to 4",
        items=FES_I.items,
        also=("fesi",),
        missing="Up to 4 by the mean of the others, rounded up.",
    ),
    measure(
        "short-fes-i",
        "Short FES-I",
        SHORT_FES_I,
        Better.LOWER,
        low=7,
        high=28,
        rights="© ProFaNE; redistribution in software not granted in writing",
        formula="sum of 7 items 1 to 4",
        items=SHORT_FES_I.items,
        missing="Up to 2 by the mean of the others, rounded up.",
        bands=("low", "moderate", "high"),
        also=("short-fesi", "fes-i-short"),
    ),
    measure(
        "home-fast",
        "HOME FAST",
        HOME_FAST,
        Better.LOWER,
        low=0,
        high=25,
        rights="the author's; sold as a web service",
        formula="number of hazards; 8 or more at risk",
        items=HOME_FAST.items,
        bands=("below_cut", "at_risk"),
        also=("homefast",),
    ),
    measure(
        "westmead",
        "Westmead Home Safety Assessment",
        Total(low=0, high=72),
        Better.LOWER,
        low=0,
        high=72,
        rights="by purchase",
        formula="number of hazards over 72 areas",
        takes='"total"',
    ),
    measure(
        "safer-home",
        "SAFER-HOME v3",
        Total(low=0, high=10_000, whole=False),
        Better.LOWER,
        low=0,
        high=None,
        rights="CAOT; by purchase",
        formula="as in the manual",
        takes='"total"',
        also=("safer-home-v3",),
    ),
)
