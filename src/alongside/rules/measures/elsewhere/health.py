"""Health and functioning as somebody tells them: WHODAS, PROMIS, EQ-5D, QuickDASH."""

from dataclasses import replace

from alongside.rules.measures.answers import BadAnswers, Item, is_missing, numbered
from alongside.rules.measures.elsewhere.held import MeanTimes, figures, laid_flat, measure
from alongside.rules.measures.score import (
    Asked,
    Better,
    Licence,
    Measure,
    Score,
    option,
)
from alongside.rules.measures.sums import Changed, Summed

WHODAS_SUM = Summed(items=numbered(12, 0, 4), gaps=1)
WHODAS_ONE_TO_FIVE = Summed(items=numbered(12, 1, 5), gaps=1)


def whodas(asked: Asked) -> Score:
    """The simple sum 0 to 48 (12 to 60 where coded 1 to 5), with its share of the whole in percent.

    One missing answer counts as the mean of the others. The complex scoring is not done here.
    """
    coding = option(asked, "coding", {"0_4": "0", "1_5": "1", "0": "0", "1": "1"}, "0")
    found = (WHODAS_ONE_TO_FIVE if coding == "1" else WHODAS_SUM)(asked)
    if found.value is None:
        return found
    percent = (found.value - (12 if coding == "1" else 0)) / 48 * 100
    return replace(found, shown=round(found.value, 2), parts={"percent": percent})


QUICK_DASH = MeanTimes(items=numbered(11, 1, 5), gaps=1, times=25, less=1)


def eq_5d(asked: Asked) -> Score:
    """The five-digit state, the VAS (0 to 100) and a country's index, as worked out elsewhere."""
    flat = laid_flat(asked)
    state = flat.get("state", flat.get("profile"))
    parts: dict[str, float | int | str | None] = {}
    if not is_missing(state):
        digits = str(state).strip()
        if len(digits) != 5 or any(digit not in "12345" for digit in digits):
            raise BadAnswers("not_an_option", f"{state!r} is not five digits 1 to 5.", item="state")
        parts["state"] = digits
    vas = Item(name="vas", low=0, high=100).read(flat.get("vas"))
    index = Item(name="index", low=-1, high=1, step=None).read(flat.get("index", flat.get("total")))
    parts |= {name: value for name, value in (("vas", vas), ("index", index)) if value is not None}
    value = index if index is not None else vas
    return Score(
        value=value,
        shown=value,
        answered=len(parts),
        of=3,
        parts=parts,
        why_none="" if value is not None else "nothing_answered",
    )


HEALTH: tuple[Measure, ...] = (
    measure(
        "whodas-12",
        "WHODAS 2.0, 12 items",
        whodas,
        Better.LOWER,
        low=0,
        high=48,
        licence=Licence.CLINIC_PACK,
        rights="© WHO; electronic use needs a licence, free for non-commercial use",
        formula="simple sum 0 to 48; percent = sum/48; coding 1 to 5 gives 12 to 60",
        missing="One by the mean of the others; more, no score.",
        items=WHODAS_SUM.items,
        also=("whodas", "whodas-2", "whodas-12-item"),
        takes='"answers": twelve of 0 to 4, or of 1 to 5 with "coding": "1-5"; or "total"',
    ),
    measure(
        "promis",
        "PROMIS short form",
        figures(t=(0, 100), se=(0, 20)),
        Better.NEITHER,
        low=0,
        high=100,
        rights="© ; electronic use needs HealthMeasures' permission",
        formula="T-score and its standard error, from the official tables",
        changes="2 to 6 T points, by form.",
        takes='"answers": {"t": 43.5, "se"?}',
    ),
    measure(
        "eq-5d-5l",
        "EQ-5D-5L",
        eq_5d,
        Better.HIGHER,
        low=-1,
        high=1,
        rights="EuroQol's consent; free for non-commercial use after registration",
        formula="state, VAS, and the index of a country's value set, worked out elsewhere",
        also=("eq5d", "eq-5d"),
        takes='"answers": {"state": "11221", "vas": 80, "index": 0.82}',
    ),
    measure(
        "quickdash",
        "QuickDASH",
        QUICK_DASH,
        Better.LOWER,
        low=0,
        high=100,
        rights="Institute for Work & Health; free for non-commercial use",
        formula="(sum/answered - 1) x 25",
        missing="At most one may be missing.",
        changes="14 points count (MCID, 9 to 20).",
        change=Changed(
            score=QUICK_DASH, better=Better.LOWER, matters=14, figure="14 points (9 to 20)"
        ),
        items=QUICK_DASH.items,
        also=("quick-dash",),
    ),
)
