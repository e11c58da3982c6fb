"""Instruments whose text is not ours to ship: their scores can be kept, or worked out.

`clinic_pack`: a clinic may load the text itself once it has confirmed its licence. `score_only`:
the scores alone. No item's text is here, only how many items there are and how they are summed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from alongside.rules.measures.answers import BadAnswers, Item, is_missing, number, numbered, read
from alongside.rules.measures.paired import activities_of, mean_of, on_both
from alongside.rules.measures.score import (
    Asked,
    Better,
    Change,
    Licence,
    Measure,
    Score,
    answers_of,
    differs,
    not_comparable,
    option,
    way_of,
)
from alongside.rules.measures.sums import Changed, Summed, band_of, up, worth


def measure(
    name: str,
    title: str,
    score: Callable[[Asked], Score],
    better: Better,
    *,
    low: float | None,
    high: float | None,
    rights: str,
    formula: str,
    missing: str = "Nothing may be missing.",
    changes: str = "No figure for change is used.",
    change: Callable[[Asked, Asked], Change] | None = None,
    licence: Licence = Licence.SCORE_ONLY,
    also: tuple[str, ...] = (),
    items: tuple[Item, ...] = (),
    bands: tuple[str, ...] = (),
    takes: str = '"total": the score, or "answers" in the order of the form',
) -> Measure:
    """One row of the table of instruments that are held elsewhere."""
    return Measure(
        name=name,
        also=also,
        title=title,
        licence=licence,
        low=low,
        high=high,
        better=better,
        score=score,
        change=change or Changed(score=score, better=better),
        formula=formula,
        missing=missing,
        changes=changes,
        source=rights,
        attribution=rights,
        items=items,
        bands=bands,
        unattended=False,
        takes=takes,
    )


COPM_RATINGS = {
    name: Item(name=name, low=1, high=10, step=None)
    for name in ("importance", "performance", "satisfaction")
}


def copm(asked: Asked) -> Score:
    """The means of performance and satisfaction over at most five problems, 1 to 10 each."""
    if "total" in asked:
        asked = {"activities": [{"performance": asked["total"]}]}
    problems = activities_of(asked, COPM_RATINGS, main="performance")
    if len(problems) > 5:
        raise BadAnswers("too_many", f"{len(problems)} problems; 5 are the most.")
    performance, satisfaction = (
        mean_of(problems, name) for name in ("performance", "satisfaction")
    )
    parts: dict[str, float | int | str | None] = {
        "performance": performance,
        "satisfaction": satisfaction,
    }
    return Score(
        value=performance,
        shown=None if performance is None else round(performance, 2),
        answered=sum(one.ratings["performance"] is not None for one in problems),
        of=len(problems),
        parts={name: part for name, part in parts.items() if part is not None},
        why_none="" if performance is not None else "nothing_answered",
    )


def copm_change(before: Asked, now: Asked) -> Change:
    """Over the problems rated both times; two points are the classic figure, anchors vary."""
    why = differs(before, now)
    pairs = list(
        on_both(
            activities_of(before, COPM_RATINGS, main="performance"),
            activities_of(now, COPM_RATINGS, main="performance"),
            "performance",
        )
    )
    if why or not pairs:
        return not_comparable(copm(before), copm(now), f"different_{why}" if why else "no_score")
    then = sum(first for _, first, _ in pairs) / len(pairs)
    today = sum(last for _, _, last in pairs) / len(pairs)
    return Change(
        before=then,
        now=today,
        delta=today - then,
        verdict=worth(today - then, error=None, matters=2.0),
        way=way_of(today - then, Better.HIGHER),
        figure="2 points, the classic figure; anchors vary from 0.9 to 3.2",
        n=len(pairs),
    )


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


SLUMS_BANDS = {True: ((0, "lower"), (21, "mild"), (27, "normal")),
               False: ((0, "lower"), (20, "mild"), (25, "normal"))}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A total that was worked out elsewhere; `whole` where only whole numbers are possible."""

    low: float
    high: float
    whole: bool = True
    bands: tuple[tuple[float, str], ...] = ()
    of: int = 1

    def __call__(self, asked: Asked) -> Score:
        told = next((asked[name] for name in ("total", "score", "answers") if name in asked), None)
        if isinstance(told, Mapping):
            told = next((told[name] for name in ("total", "score") if name in told), None)
        if isinstance(told, list | tuple):
            told = told[0] if len(told) == 1 else self._sum(told)
        if is_missing(told):
            return Score(
                value=None, shown=None, answered=0, of=self.of, why_none="nothing_answered"
            )
        item = Item(name="total", low=self.low, high=self.high, step=1.0 if self.whole else None)
        value = item.read(told)
        return Score(
            value=value, shown=value, answered=self.of, of=self.of, band=band_of(value, self.bands)
        )

    def _sum(self, told: list[object] | tuple[object, ...]) -> object:
        raise BadAnswers("shape", f"Give the total; {len(told)} answers are not summed here.")


SLUMS_TOTAL = Total(low=0, high=30)


def slums(asked: Asked) -> Score:
    """0 to 30; the bands depend on whether somebody finished high school (yes unless said)."""
    found = SLUMS_TOTAL(asked)
    flat = _flat(asked)
    said = str(flat.get("schooling", flat.get("high_school", True))).strip().lower()
    schooled = said in {"true", "yes", "high_school", "high school", "1"}
    return replace(found, band=band_of(found.value, SLUMS_BANDS[schooled]))


def moca(asked: Asked) -> Score:
    """0 to 30, one point more for at most twelve years of schooling; under 26 is below the cut."""
    found = Total(low=0, high=30)(asked)
    if found.value is None:
        return found
    flat = _flat(asked)
    years = flat.get("schooling_years", flat.get("schooling", flat.get("education_years")))
    value = found.value
    if not is_missing(years) and number(years, item="schooling_years") <= 12:
        value = min(30.0, value + 1)
    return replace(found, value=value, shown=value, band="below_cut" if value < 26 else "normal")


def _flat(asked: Asked) -> dict[str, object]:
    answers = asked.get("answers")
    return {**asked, **answers} if isinstance(answers, Mapping) else dict(asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanTimes:
    """(sum / answered - less) x times: the mean of what was answered on the form's own scale."""

    items: tuple[Item, ...]
    gaps: int
    times: float
    less: float = 0.0

    def __call__(self, asked: Asked) -> Score:
        if "total" in asked and "answers" not in asked:
            low, high = self.items[0].low, self.items[0].high
            return Total(
                low=(low - self.less) * self.times,
                high=(high - self.less) * self.times,
                whole=False,
            )(asked)
        answered = read(self.items, answers_of(asked))
        known = [value for value in answered.values() if value is not None]
        if len(self.items) - len(known) > self.gaps or not known:
            why = "too_many_missing" if known else "nothing_answered"
            return Score(
                value=None, shown=None, answered=len(known), of=len(self.items), why_none=why
            )
        value = (sum(known) / len(known) - self.less) * self.times
        return Score(
            value=value,
            shown=round(value, 2),
            answered=len(known),
            of=len(self.items),
            notes=("filled_by_mean",) if len(known) < len(self.items) else (),
        )


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


QUICK_DASH = MeanTimes(items=numbered(11, 1, 5), gaps=1, times=25, less=1)
CARE = MeanTimes(items=numbered(10, 1, 5), gaps=2, times=10)
FES_I = Summed(items=numbered(16, 1, 4), gaps=4, rounding=up)
FES_BANDS = ((7, "low"), (9, "moderate"), (14, "high"))
SHORT_FES_I = Summed(items=numbered(7, 1, 4), gaps=2, rounding=up, bands=FES_BANDS)
KATZ = Summed(items=numbered(6, 0, 1))
LAWTON = Summed(items=numbered(8, 0, 1))
ZARIT = Summed(
    items=numbered(22, 0, 4),
    bands=((0, "little"), (21, "mild_to_moderate"), (41, "moderate_to_severe"), (61, "severe")),
)
HOME_FAST = Summed(items=numbered(25, 0, 1), bands=((0, "below_cut"), (8, "at_risk")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Several figures that are never summed, by name; the first that is there is the score."""

    items: tuple[Item, ...] = field(default=())

    def __call__(self, asked: Asked) -> Score:
        answers = asked.get("answers", {key: asked[key] for key in asked if self._is_mine(key)})
        answered = read(self.items, answers)
        parts: dict[str, float | int | str | None] = {
            name: value for name, value in answered.items() if value is not None
        }
        value = next((value for value in answered.values() if value is not None), None)
        return Score(
            value=value,
            shown=value,
            answered=len(parts),
            of=len(self.items),
            parts=parts,
            why_none="" if parts else "nothing_answered",
        )

    def _is_mine(self, key: str) -> bool:
        return any(key in (item.name, *item.also) for item in self.items)


def figures(**bounds: tuple[float, float]) -> Named:
    """Figures by name with their least and most; any step."""
    return Named(
        items=tuple(
            Item(name=name, low=low, high=high, step=None) for name, (low, high) in bounds.items()
        )
    )


AUSTOMS = Named(
    items=tuple(
        Item(name=name, low=0, high=5, step=0.5)
        for name in ("impairment", "activity", "participation", "wellbeing")
    )
)


def austoms_change(before: Asked, now: Asked) -> Change:
    """Half a point on a domain; domains are never summed, each has its own change in `parts`."""
    then, today = AUSTOMS(before), AUSTOMS(now)
    moved = {
        name: float(today.parts[name] or 0) - float(value or 0)
        for name, value in then.parts.items()
        if name in today.parts
    }
    why = differs(before, now)
    if why or not moved:
        return not_comparable(then, today, f"different_{why}" if why else "no_score")
    first = next(iter(moved))
    return Change(
        before=float(then.parts[first] or 0),
        now=float(today.parts[first] or 0),
        delta=moved[first],
        verdict=worth(moved[first], error=None, matters=0.5),
        way=way_of(moved[first], Better.HIGHER),
        figure="half a point on a domain",
        n=len(moved),
        parts={f"change_of_{name}": delta for name, delta in moved.items()},
    )


def eq_5d(asked: Asked) -> Score:
    """The five-digit state, the VAS (0 to 100) and a country's index, as worked out elsewhere."""
    flat = _flat(asked)
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
