"""Measures whose score is a sum or a mean of their items, each with its own rule for gaps."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alongside.rules.measures.answers import BadAnswers, Item, number, read
from alongside.rules.measures.score import (
    Asked,
    Better,
    Change,
    Score,
    Verdict,
    answers_of,
    differs,
    half_up,
    not_comparable,
    reaches,
    way_of,
)

Rounding = Callable[[float], float]


def as_it_is(value: float) -> float:
    return value


def up(value: float) -> int:
    """The next whole number above."""
    return math.ceil(value - 1e-9)


def nearest(value: float) -> int:
    return half_up(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summed:
    """A sum of items; up to `gaps` of them may be missing and are filled by the others' mean.

    Score = sum / answered x items (so a gap counts as the mean of what was answered); more gaps
    give no score. `scale` and `shift` then turn a sum into the instrument's own range: scale x sum
    + shift. `rounding` is how the instrument rounds a filled sum. A "total" in the request, for
    clinics that may not type in the items, is taken as it is, within the range.
    """

    items: tuple[Item, ...]
    gaps: int = 0
    scale: float = 1.0
    shift: float = 0.0
    rounding: Rounding = as_it_is
    bands: tuple[tuple[float, str], ...] = ()

    def __call__(self, asked: Asked) -> Score:
        if "total" in asked and "answers" not in asked:
            return self.of_total(asked["total"])
        answered = read(self.items, answers_of(asked))
        known = [value for value in answered.values() if value is not None]
        if len(self.items) - len(known) > self.gaps or not known:
            return Score(
                value=None,
                shown=None,
                answered=len(known),
                of=len(self.items),
                why_none="too_many_missing" if known else "nothing_answered",
            )
        filled = sum(known) / len(known) * len(self.items)
        value = self.scale * filled + self.shift
        shown = self.rounding(value) if len(known) < len(self.items) else value
        notes = ("filled_by_mean",) if len(known) < len(self.items) else ()
        return Score(
            value=value,
            shown=shown,
            answered=len(known),
            of=len(self.items),
            band=band_of(shown, self.bands),
            notes=notes,
        )

    def of_total(self, total: object) -> Score:
        """A total that was worked out elsewhere."""
        value = number(total, item="total")
        least = self.scale * sum(item.low for item in self.items) + self.shift
        most = self.scale * sum(item.high for item in self.items) + self.shift
        if not least - 1e-9 <= value <= most + 1e-9:
            raise BadAnswers(
                "out_of_range", f"The total {total!r} is not from {least:g} to {most:g}.",
                item="total",
            )  # fmt: skip
        return Score(
            value=value,
            shown=value,
            answered=len(self.items),
            of=len(self.items),
            band=band_of(value, self.bands),
            notes=("total_only",),
        )


def band_of(value: float | None, bands: Sequence[tuple[float, str]]) -> str:
    """The name of the last band that begins at or below this value; "" without bands."""
    found = ""
    if value is not None:
        for begins, name in bands:
            if value >= begins - 1e-9:
                found = name
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a change of a score is worth beside one or two published figures.

    `error`: the smallest change that is more than measurement error (MDC). `matters`: the smallest
    that people notice or that counts in care (MCID, MID). `shown` decides whether the change is
    taken from the score as shown (bands and cut-offs are defined on it) or from the unrounded one.
    """

    score: Callable[[Asked], Score]
    better: Better
    error: float | None = None
    matters: float | None = None
    figure: str = ""
    shown: bool = False

    def __call__(self, before: Asked, now: Asked) -> Change:
        then, today = self.score(before), self.score(now)
        why = differs(before, now)
        if why:
            return not_comparable(then, today, f"different_{why}")
        first, last = (then.shown, today.shown) if self.shown else (then.value, today.value)
        if first is None or last is None:
            return not_comparable(then, today, "no_score")
        return self.between(first, last)

    def between(self, first: float, last: float) -> Change:
        """What the change from one score to another is worth, where both are known already."""
        delta = last - first
        return Change(
            before=first,
            now=last,
            delta=delta,
            verdict=worth(delta, error=self.error, matters=self.matters),
            way=way_of(delta, self.better),
            figure=self.figure,
        )


def worth(delta: float, *, error: float | None, matters: float | None) -> Verdict:
    """The verdict on a change beside the figures that there are."""
    if error is None and matters is None:
        return Verdict.NO_FIGURE
    if error is not None and not reaches(delta, error):
        return Verdict.WITHIN_ERROR
    if matters is None:
        return Verdict.BEYOND_ERROR
    if reaches(delta, matters):
        return Verdict.MEANINGFUL
    return Verdict.NOT_YET if error is None else Verdict.BEYOND_ERROR
