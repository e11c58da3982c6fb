"""What a score is, what a change is, and what every measure must say of itself."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from alongside.rules.measures.answers import BadAnswers, Item

Asked = Mapping[str, Any]
"""A request: "answers", and whatever else the measure reads ("weights", "hand", "age")."""


class Licence(StrEnum):
    """What may be in the product: everything, text that a clinic loads itself, or scores alone."""

    EMBED = "embed"
    CLINIC_PACK = "clinic_pack"
    SCORE_ONLY = "score_only"


class Better(StrEnum):
    """Which way is better for the client."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Verdict(StrEnum):
    """What a change is worth. Never more is claimed than the source can carry."""

    MEANINGFUL = "meaningful"
    LIKELY_NOTICED = "likely_noticed"
    BEYOND_ERROR = "beyond_error"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    WITHIN_ERROR = "within_error"
    BELOW_DETECTABLE = "below_detectable"
    NOT_YET = "not_yet"
    NONE = "no_change"
    NO_FIGURE = "no_agreed_figure"
    NOT_COMPARABLE = "not_comparable"


class Way(StrEnum):
    """Whether a change is for the better; judged by the measure's own direction."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score, unrounded in `value` and as it is shown in `shown`; None where there is none.

    `parts`: further figures by name. `band`, `alerts`, `notes`, `why_none`: codes, not sentences.
    """

    value: float | None
    shown: float | None
    answered: int
    of: int
    band: str = ""
    parts: Mapping[str, float | int | str | None] = field(default_factory=dict, hash=False)
    alerts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    why_none: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From a baseline to now: unrounded `delta`, what it is worth, and beside which figure.

    `n` counts the items, goals or activities that both sides have; None where it does not apply.
    """

    before: float | None
    now: float | None
    delta: float | None
    verdict: Verdict
    way: Way
    figure: str = ""
    n: int | None = None
    parts: Mapping[str, float | int | str | None] = field(default_factory=dict, hash=False)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One instrument: its rights, its range, its rule, and where each figure is from.

    `score` reads a request; `change` reads the request of the baseline and that of now. Both raise
    BadAnswers. `unattended`: may be filled on a kiosk with nobody by.
    """

    name: str
    title: str
    licence: Licence
    low: float | None
    high: float | None
    better: Better
    score: Callable[[Asked], Score]
    change: Callable[[Asked, Asked], Change]
    formula: str
    missing: str
    changes: str
    source: str
    attribution: str = ""
    items: tuple[Item, ...] = ()
    unit: str = ""
    also: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    unattended: bool = True
    takes: str = ""


SAME_ON_BOTH = ("version", "language", "mode", "scale")
"""A paired change needs the same of each of these where both sides say it."""


def differs(before: Asked, now: Asked) -> str:
    """What of version, language, mode or scale is not the same on both sides; "" if nothing is."""
    for name in SAME_ON_BOTH:
        if name in before and name in now and before[name] != now[name]:
            return name
    return ""


def not_comparable(before: Score, now: Score, why: str) -> Change:
    """Two scores beside each other that say nothing about a change."""
    return Change(
        before=before.value,
        now=now.value,
        delta=None,
        verdict=Verdict.NOT_COMPARABLE,
        way=Way.UNKNOWN,
        notes=(why,),
    )


def way_of(delta: float, better: Better) -> Way:
    """For the better or worse; the same where nothing moved."""
    if math.isclose(delta, 0.0, abs_tol=1e-9):
        return Way.SAME
    if better is Better.NEITHER:
        return Way.UNKNOWN
    return Way.BETTER if (delta > 0) == (better is Better.HIGHER) else Way.WORSE


def reaches(delta: float, figure: float) -> bool:
    """Whether a change is as large as this figure, whatever its way (safe at the edge)."""
    return abs(delta) >= figure - 1e-9


def half_up(value: float) -> int:
    """The nearest whole number; a half goes up, as a person would (11.5 is 12, 10.5 is 11)."""
    return math.floor(value + 0.5 + 1e-9)


def option(
    asked: Asked, name: str, choices: Mapping[str, str] | tuple[str, ...], default: str = ""
) -> str:
    """A word of the request, among these; raises BadAnswers for any other."""
    said = asked.get(name, default)
    said = str(said).strip().lower().replace("-", "_").replace(" ", "_") if said else default
    known = choices if isinstance(choices, Mapping) else {choice: choice for choice in choices}
    if said and said not in known:
        raise BadAnswers(
            "not_an_option", f"{name}: {said!r} is not one of {', '.join(known)}.", item=name
        )
    return known.get(said, said)


def answers_of(asked: Asked) -> object:
    """What was answered; raises BadAnswers where a request has none."""
    if "answers" not in asked:
        raise BadAnswers("no_answers", 'There are no "answers" in this request.')
    return asked["answers"]
