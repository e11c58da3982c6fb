"""Timed and measured performance: pegs, blocks, grip, getting up, chair stands, balance.

The procedures are free. Figures for change were found in groups of people; the request may name the
group ("population"), and nothing is claimed for a group whose figure is not known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.rules.measures.answers import Item, is_missing
from alongside.rules.measures.score import (
    Asked,
    Better,
    Change,
    Score,
    Verdict,
    differs,
    not_comparable,
    option,
    reaches,
    way_of,
)
from alongside.rules.measures.sums import worth

WORDS: Mapping[str, Mapping[str, str]] = {
    "hand": {
        "left": "left", "right": "right", "affected": "affected", "unaffected": "unaffected",
        "dominant": "dominant", "other": "other", "non_dominant": "other", "nondominant": "other",
    },
    "population": {
        "stroke": "stroke", "parkinson": "parkinson", "parkinsons": "parkinson", "pd": "parkinson",
        "ms": "ms", "multiple_sclerosis": "ms",
    },
    "sex": {"man": "man", "male": "man", "m": "man", "woman": "woman", "female": "woman",
            "w": "woman", "f": "woman"},
    "use": {"mean": "mean", "average": "mean", "best": "best"},
}  # fmt: skip
FREE = "A procedure that everybody may use."


def word(asked: Asked, name: str, default: str = "") -> str:
    """A word of the request; raises BadAnswers for one that is not known."""
    return option(asked, name, WORDS[name], default)


def _flat(asked: Asked) -> dict[str, object]:
    """Answers may be a number, a list of trials, or an object: all as one flat request."""
    answers = asked.get("answers")
    rest = {name: value for name, value in asked.items() if name != "answers"}
    if isinstance(answers, Mapping):
        return {**rest, **answers}
    if isinstance(answers, Sequence) and not isinstance(answers, str):
        return {**rest, "trials": list(answers)}
    return {**rest, "value": answers} if "answers" in asked else rest


def trials_of(asked: Mapping[str, object], item: Item, names: Sequence[str]) -> list[float]:
    """The trials of a request, or its one value; [] where there is none."""
    listed = asked.get("trials")
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        listed = [next((asked[name] for name in names if not is_missing(asked.get(name))), None)]
    found = [item.read(trial) for trial in listed]
    return [trial for trial in found if trial is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One number from one or more trials: their mean, or the best, as the clinic has set."""

    item: Item
    names: tuple[str, ...]
    lower_is_better: bool = False
    use: str = "mean"

    def __call__(self, asked: Asked) -> Score:
        flat = _flat(asked)
        notes = (f"hand_{hand}",) if (hand := word(flat, "hand")) else ()
        if flat.get("not_completed") is True or flat.get("completed") is False:
            pegs = Item(name="pegs", low=0, high=9).read(flat.get("pegs"))
            return Score(
                value=None,
                shown=None,
                answered=0,
                of=1,
                parts={} if pegs is None else {"pegs": int(pegs)},
                notes=notes,
                why_none="not_completed",
            )
        trials = trials_of(flat, self.item, self.names)
        if not trials:
            return Score(
                value=None, shown=None, answered=0, of=1, notes=notes, why_none="nothing_answered"
            )
        value = self._of(trials, word(flat, "use", self.use))
        return Score(
            value=value,
            shown=round(value, 2),
            answered=len(trials),
            of=len(trials),
            parts={"unit": self.item.name},
            notes=notes,
        )

    def _of(self, trials: Sequence[float], use: str) -> float:
        if use == "best":
            return min(trials) if self.lower_is_better else max(trials)
        return sum(trials) / len(trials)


NHPT_SCORE = Timed(
    item=Item(name="seconds", low=0.1, high=3600, step=None), names=("seconds", "value", "time"),
    lower_is_better=True,
)  # fmt: skip
BBT_SCORE = Timed(
    item=Item(name="blocks", low=0, high=150), names=("blocks", "value", "score")
)  # fmt: skip
GRIP_TRIAL = Timed(
    item=Item(name="kg", low=0, high=150, step=None), names=("kg", "value", "grip")
)  # fmt: skip
TUG_TRIAL = Timed(
    item=Item(name="seconds", low=0.1, high=3600, step=None), names=("seconds", "value", "time"),
    lower_is_better=True,
)  # fmt: skip

NHPT_PARKINSON = {"dominant": 2.6, "other": 1.3}
NHPT_STROKE_AFFECTED = 32.8
NHPT_MS_SHARE = 0.20
BBT_STROKE = 5.5
GRIP_MATTERS = (5.0, 6.5)
GRIP_LOW = {"man": 27.0, "woman": 16.0}
TUG_AT_RISK = 12.0
TANDEM_AT_RISK = 10.0
STANDS = {
    60: (14, 12), 65: (12, 11), 70: (12, 10), 75: (11, 10), 80: (10, 9), 85: (8, 8), 90: (7, 4),
}  # fmt: skip
"""Fewer chair stands than this (men, women) are below average, from this age for five years."""


def _comparable(before: Asked, now: Asked, names: Sequence[str]) -> str:
    why = differs(before, now)
    for name in names:
        then, today = word(_flat(before), name), word(_flat(now), name)
        if then and today and then != today:
            return f"different_{name}"
    return f"different_{why}" if why else ""


def _changed(
    before: Asked, now: Asked, score: Timed, better: Better, figures: tuple[float | None, str]
) -> Change:
    then, today = score(before), score(now)
    why = _comparable(before, now, ("hand", "use"))
    if why or then.value is None or today.value is None:
        return not_comparable(then, today, why or "no_score")
    delta = today.value - then.value
    return Change(
        before=then.value,
        now=today.value,
        delta=delta,
        verdict=worth(delta, error=figures[0], matters=None),
        way=way_of(delta, better),
        figure=figures[1],
    )


def nhpt_change(before: Asked, now: Asked) -> Change:
    """Seconds; more than measurement error by group and hand, where that is known."""
    return _changed(before, now, NHPT_SCORE, Better.LOWER, _nhpt_figure(before, now))


def _nhpt_figure(before: Asked, now: Asked) -> tuple[float | None, str]:
    flat = {**_flat(before), **_flat(now)}
    group, hand = word(flat, "population"), word(flat, "hand")
    if group == "stroke" and hand in ("", "affected"):
        return NHPT_STROKE_AFFECTED, "32.8 s after a stroke, affected hand"
    if group == "parkinson" and hand in NHPT_PARKINSON:
        return NHPT_PARKINSON[hand], f"{NHPT_PARKINSON[hand]} s in Parkinson's disease"
    first = NHPT_SCORE(before).value
    if group == "ms" and first is not None:
        return NHPT_MS_SHARE * first, "20 % of the first time in multiple sclerosis"
    return None, ""


def bbt_change(before: Asked, now: Asked) -> Change:
    """Blocks a minute; 5.5 after a stroke."""
    group = word({**_flat(before), **_flat(now)}, "population")
    known = (BBT_STROKE, "5.5 blocks a minute after a stroke") if group == "stroke" else (None, "")
    return _changed(before, now, BBT_SCORE, Better.HIGHER, known)


def grip(asked: Asked) -> Score:
    """Kilograms; low below 27 (men) or 16 (women), EWGSOP2; without the sex no band."""
    found = GRIP_TRIAL(asked)
    sex = word(_flat(asked), "sex")
    band = ""
    if found.value is not None and sex:
        band = "low" if found.value < GRIP_LOW[sex] else "not_low"
    return _banded(found, band)


def grip_change(before: Asked, now: Asked) -> Change:
    """5.0 kg may matter, 6.5 kg does (Bohannon 2019)."""
    found = _changed(before, now, GRIP_TRIAL, Better.HIGHER, (None, ""))
    if found.delta is None:
        return found
    may, does = GRIP_MATTERS
    verdict = Verdict.NOT_YET
    if reaches(found.delta, may):
        verdict = Verdict.MEANINGFUL if reaches(found.delta, does) else Verdict.LIKELY_NOTICED
    return Change(
        before=found.before,
        now=found.now,
        delta=found.delta,
        verdict=verdict,
        way=found.way,
        figure="5.0 to 6.5 kg",
    )


def tug(asked: Asked) -> Score:
    """Seconds; 12 or more: at risk of falling (CDC STEADI)."""
    found = TUG_TRIAL(asked)
    band = ""
    if found.value is not None:
        band = "at_risk" if found.value >= TUG_AT_RISK - 1e-9 else "not_at_risk"
    return _banded(found, band)


def _banded(found: Score, band: str, notes: tuple[str, ...] = ()) -> Score:
    return Score(
        value=found.value,
        shown=found.shown,
        answered=found.answered,
        of=found.of,
        band=band,
        parts=found.parts,
        notes=(*found.notes, *notes),
        why_none=found.why_none,
    )


STAND_TRIAL = Timed(item=Item(name="stands", low=0, high=60), names=("stands", "value", "count"))


def chair_stand(asked: Asked) -> Score:
    """Stands in 30 s, 0 where arms were used; below average where age and sex are said."""
    flat = _flat(asked)
    if flat.get("arms_used") is True or flat.get("arms") is True:
        flat = {**flat, "trials": [0]}
    found = STAND_TRIAL(flat)
    age = Item(name="age", low=0, high=130, step=None).read(flat.get("age"))
    sex = word(flat, "sex")
    if found.value is None or age is None or not sex:
        return found
    begins = int(age // 5 * 5)
    if begins not in STANDS:
        return _banded(found, "", ("no_table_for_this_age",))
    below = found.value < STANDS[begins][sex == "woman"]
    return _banded(found, "below_average" if below else "not_below_average")


STAGES = ("feet_together", "semi_tandem", "tandem", "one_leg")
HELD = Item(name="seconds held", low=0, high=120, step=None)


def balance(asked: Asked) -> Score:
    """How many of four stances were held for 10 s; tandem under 10 s is at risk (CDC STEADI)."""
    flat = _flat(asked)
    listed = flat.get("trials")
    if isinstance(listed, list):
        flat = {**dict(zip(STAGES, listed, strict=False)), **flat}
    held = {stage: HELD.read(flat.get(stage)) for stage in STAGES}
    known = [value for value in held.values() if value is not None]
    if not known:
        return Score(value=None, shown=None, answered=0, of=4, why_none="nothing_answered")
    count = 0
    for stage in STAGES:
        if (held[stage] or 0) < TANDEM_AT_RISK:
            break
        count += 1
    tandem = held["tandem"]
    if tandem is None and count < STAGES.index("tandem"):
        # Who cannot hold an easier stance is not asked to try the next.
        tandem = 0.0
    band = "" if tandem is None else ("at_risk" if tandem < TANDEM_AT_RISK else "not_at_risk")
    return Score(value=count, shown=count, answered=len(known), of=4, band=band, parts=held)
