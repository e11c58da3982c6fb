"""Daily living: Barthel and Shah's modification, Katz, Lawton, LIFE-H, SMAF."""

from collections.abc import Mapping
from dataclasses import replace

from alongside.rules.measures.answers import BadAnswers, Item, numbered, read
from alongside.rules.measures.elsewhere.held import Total, measure
from alongside.rules.measures.score import (
    Asked,
    Better,
    Licence,
    Measure,
    Score,
    answers_of,
)
from alongside.rules.measures.sums import Changed, Summed

BARTHEL_MOST = {
    "feeding": 10, "bathing": 5, "grooming": 5, "dressing": 10, "bowels": 10, "bladder": 10,
    "toilet": 10, "transfer": 15, "mobility": 15, "stairs": 10,
}  # fmt: skip

BARTHEL_SUM = Summed(
    items=tuple(
        Item(name=name, low=0, high=most, step=5) for name, most in BARTHEL_MOST.items()
    )
)  # fmt: skip


def barthel(asked: Asked) -> Score:
    """0 to 100 in steps of 5, higher is better; `of_20` is the shorter scale. No gaps."""
    found = BARTHEL_SUM(asked)
    if found.value is None:
        return found
    if found.value % 5:
        raise BadAnswers("not_an_option", f"{found.value:g} is not in steps of 5.", item="total")
    return replace(found, parts={"of_20": found.value / 5})


FIVE = (0.0, 1.0, 3.0, 4.0, 5.0)
TEN = (0.0, 2.0, 5.0, 8.0, 10.0)
FIFTEEN = (0.0, 3.0, 8.0, 12.0, 15.0)

SHAH: Mapping[str, tuple[float, ...]] = {
    "hygiene": FIVE, "bathing": FIVE, "feeding": TEN, "toilet": TEN, "stairs": TEN,
    "dressing": TEN, "bowels": TEN, "bladder": TEN, "walking": FIFTEEN, "transfer": FIFTEEN,
}  # fmt: skip

SHAH_ITEMS = tuple(
    Item(name=name, low=0, high=levels[-1], allowed=levels) for name, levels in SHAH.items()
)

WHEELCHAIR = Item(name="wheelchair", low=0, high=5, allowed=FIVE)
SHAH_SUM = Summed(items=SHAH_ITEMS)


def modified_barthel(asked: Asked) -> Score:
    """0 to 100; the wheelchair item counts only for somebody who scores 0 for walking."""
    if "total" in asked and "answers" not in asked:
        return SHAH_SUM.of_total(asked["total"])
    answered = read((*SHAH_ITEMS, WHEELCHAIR), answers_of(asked))
    wheeled = answered.pop("wheelchair")
    if wheeled and answered["walking"]:
        raise BadAnswers(
            "not_an_option",
            "The wheelchair item counts only where walking is 0.",
            item="wheelchair",
        )
    found = SHAH_SUM({**asked, "answers": answered})
    if found.value is None or not wheeled:
        return found
    value = found.value + wheeled
    return replace(found, value=value, shown=value, parts={"wheelchair": wheeled})


KATZ = Summed(items=numbered(6, 0, 1))
LAWTON = Summed(items=numbered(8, 0, 1))


DAILY_LIVING: tuple[Measure, ...] = (
    measure(
        "barthel",
        "Barthel Index",
        barthel,
        Better.HIGHER,
        low=0,
        high=100,
        licence=Licence.CLINIC_PACK,
        rights="© Maryland State Medical Society; free for non-commercial use with citation",
        formula="sum of 10 items in steps of 5; of 20 = sum/5",
        changes="9.25 points count (MCID); 20.1 are more than measurement error (MDC 4.02 of 20).",
        change=Changed(
            score=barthel,
            better=Better.HIGHER,
            error=20.1,
            matters=9.25,
            figure="20.1 points are more than measurement error; 9.25 count",
        ),
        items=BARTHEL_SUM.items,
        also=("barthel-index", "barthel-100"),
    ),
    measure(
        "modified-barthel",
        "Modified Barthel Index (Shah)",
        modified_barthel,
        Better.HIGHER,
        low=0,
        high=100,
        rights="publisher's copyright",
        formula="sum of 10 items of five levels; wheelchair if walking 0",
        items=(*SHAH_ITEMS, WHEELCHAIR),
        also=("mbi", "shah"),
    ),
    measure(
        "katz",
        "Katz Index of ADL",
        KATZ,
        Better.HIGHER,
        low=0,
        high=6,
        rights="journal's copyright",
        formula="sum of the items",
        items=KATZ.items,
        also=("katz-adl",),
    ),
    measure(
        "lawton",
        "Lawton IADL",
        LAWTON,
        Better.HIGHER,
        low=0,
        high=8,
        rights="© Gerontological Society of America",
        formula="sum of all 8 items for everybody",
        items=LAWTON.items,
        also=("lawton-iadl", "iadl"),
    ),
    measure(
        "life-h",
        "LIFE-H / MHAVIE",
        Total(low=0, high=9, whole=False),
        Better.HIGHER,
        low=0,
        high=9,
        rights="RIPPH; purchase or licence",
        formula="as in the manual",
        also=("mhavie",),
        takes='"total"',
    ),
    measure(
        "smaf",
        "SMAF",
        Total(low=-87, high=0, whole=False),
        Better.HIGHER,
        low=-87,
        high=0,
        rights="CEGI; purchase or licence",
        formula="0 to -87",
        takes='"total"',
    ),
)
