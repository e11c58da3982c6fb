"""Thinking and sensing: MoCA, MMSE, SLUMS, Sensory Profile 2."""

from dataclasses import replace

from alongside.rules.measures.answers import is_missing, number
from alongside.rules.measures.elsewhere.held import Total, figures, laid_flat, measure
from alongside.rules.measures.score import (
    Asked,
    Better,
    Measure,
    Score,
)
from alongside.rules.measures.sums import band_of

SLUMS_BANDS = {True: ((0, "lower"), (21, "mild"), (27, "normal")),
               False: ((0, "lower"), (20, "mild"), (25, "normal"))}  # fmt: skip

SLUMS_TOTAL = Total(low=0, high=30)


def slums(asked: Asked) -> Score:
    """0 to 30; the bands depend on whether somebody finished high school (yes unless said)."""
    found = SLUMS_TOTAL(asked)
    flat = laid_flat(asked)
    said = str(flat.get("schooling", flat.get("high_school", True))).strip().lower()
    schooled = said in {"true", "yes", "high_school", "high school", "1"}
    return replace(found, band=band_of(found.value, SLUMS_BANDS[schooled]))


def moca(asked: Asked) -> Score:
    """0 to 30, one point more for at most twelve years of schooling; under 26 is below the cut."""
    found = Total(low=0, high=30)(asked)
    if found.value is None:
        return found
    flat = laid_flat(asked)
    years = flat.get("schooling_years", flat.get("schooling", flat.get("education_years")))
    value = found.value
    if not is_missing(years) and number(years, item="schooling_years") <= 12:
        value = min(30.0, value + 1)
    return replace(found, value=value, shown=value, band="below_cut" if value < 26 else "normal")


THINKING: tuple[Measure, ...] = (
    measure(
        "moca",
        "Montreal Cognitive Assessment (MoCA)",
        moca,
        Better.HIGHER,
        low=0,
        high=30,
        rights="electronic versions prohibited, training mandatory",
        formula="total, +1 for at most 12 years of schooling; under 26 is below the cut",
        bands=("below_cut", "normal"),
        takes='"total": 25, "schooling_years"?: 10',
    ),
    measure(
        "mmse",
        "Mini-Mental State Examination",
        Total(low=0, high=30, bands=((0, "below_cut"), (24, "normal"))),
        Better.HIGHER,
        low=0,
        high=30,
        rights="PAR, commercial",
        formula="total; 23 or less is below the cut",
        bands=("below_cut", "normal"),
        takes='"total": 26',
    ),
    measure(
        "slums",
        "Saint Louis University Mental Status (SLUMS)",
        slums,
        Better.HIGHER,
        low=0,
        high=30,
        rights="public domain (Newman and Feldman, NEJM 2011;365:2447)",
        formula="total; with high school 27 / 21, without 25 / 20",
        bands=("normal", "mild", "lower"),
        takes='"total": 25, "high_school"?: true',
    ),
    measure(
        "sensory-profile-2",
        "Sensory Profile 2",
        figures(seeking=(0, 500), avoiding=(0, 500), sensitivity=(0, 500), registration=(0, 500)),
        Better.NEITHER,
        low=0,
        high=None,
        rights="Pearson, restricted",
        formula="raw scores by quadrant",
        takes='"answers": {"seeking", "avoiding", "sensitivity", "registration"}',
    ),
)
