"""The functioning profile: how hard each thing is, by ICF code, in our own words.

Qualifiers: 0 none (0-4 %), 1 mild (5-24), 2 moderate (25-49), 3 severe (50-95), 4 complete
(96-100), 8 not specified, 9 not applicable; 8 and 9 are in no sum. Activities (d) have performance
and capacity. Surroundings (e) are barriers (.n) or facilitators (+n). Codes refer to the WHO ICF;
none of its titles or definitions are here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from alongside.rules.measures.answers import BadAnswers, is_missing, number
from alongside.rules.measures.score import (
    Asked,
    Better,
    Licence,
    Measure,
    Score,
    answers_of,
)
from alongside.rules.measures.sums import Changed

CODE = re.compile(r"^[bsde]\d{1,5}$")
COUNTED = frozenset({0, 1, 2, 3, 4})
NOT_COUNTED = frozenset({8, 9})
SHARES = ((0, 0), (5, 1), (25, 2), (50, 3), (96, 4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """One code's extent. `helps` marks a facilitator; `capacity` is None where not looked at."""

    code: str
    performance: int
    capacity: int | None = None
    helps: bool = False

    @property
    def is_counted(self) -> bool:
        return self.performance in COUNTED and not self.helps


def qualifier_of(percent: float) -> int:
    """The qualifier of a difficulty in percent (0 to 100)."""
    if not 0 <= percent <= 100:
        raise BadAnswers("out_of_range", f"{percent!r} is not from 0 to 100 %.")
    found = 0
    for begins, qualifier in SHARES:
        if percent >= begins:
            found = qualifier
    return found


def profile_of(asked: Asked) -> tuple[Extent, ...]:
    """The extents of a request: {"d540": 3, "e155": {"barrier": 3}, "e310": "+2", ...}."""
    answers = answers_of(asked)
    if isinstance(answers, list):
        pairs = [(_code_in(one), one) for one in answers]
    elif isinstance(answers, Mapping):
        pairs = list(answers.items())
    else:
        raise BadAnswers("shape", "The answers must be an object of code: qualifier.")
    seen: set[str] = set()
    found = []
    for key, answer in pairs:
        code = str(key).strip().lower()
        if not CODE.match(code):
            raise BadAnswers("unknown_item", f"{key!r} is no ICF code (b, s, d or e).", item=code)
        if code in seen:
            raise BadAnswers("twice", f"Code {code} is there twice.", item=code)
        seen.add(code)
        if not is_missing(answer):
            found.append(_extent(code, answer))
    return tuple(found)


def _code_in(one: object) -> str:
    if not isinstance(one, Mapping) or "code" not in one:
        raise BadAnswers("shape", 'Each answer needs a "code".')
    return str(one["code"])


def _extent(code: str, answer: object) -> Extent:
    if isinstance(answer, Mapping):
        return _of_object(code, answer)
    said = str(answer).strip()
    helps = said.startswith("+")
    if helps and not code.startswith("e"):
        raise BadAnswers("not_an_option", f"{code}: only surroundings (e) can help.", item=code)
    return Extent(code=code, performance=_qualifier(said.lstrip("+."), code), helps=helps)


def _of_object(code: str, answer: Mapping[str, object]) -> Extent:
    if not is_missing(answer.get("facilitator")):
        return _extent(code, f"+{answer['facilitator']}")
    told = next(
        (
            answer[name]
            for name in ("performance", "barrier", "qualifier", "value", "severity")
            if not is_missing(answer.get(name))
        ),
        None,
    )
    if told is None:
        raise BadAnswers("no_answers", f"{code}: there is no qualifier.", item=code)
    capacity = answer.get("capacity")
    return Extent(
        code=code,
        performance=_qualifier(told, code),
        capacity=None if is_missing(capacity) else _qualifier(capacity, code),
    )


def _qualifier(answer: object, code: str) -> int:
    value = number(answer, item=code)
    if value not in COUNTED | NOT_COUNTED:
        raise BadAnswers(
            "not_an_option", f"{code}: {answer!r} is none of 0 to 4, 8 or 9.", item=code
        )
    return int(value)


def score(asked: Asked) -> Score:
    """The sum of performance qualifiers and barriers; 8, 9 and facilitators are counted apart.

    0 to 4 for each code looked at; lower is better. `mean` says it for each code.
    """
    profile = profile_of(asked)
    counted = [extent for extent in profile if extent.is_counted]
    total = sum(extent.performance for extent in counted)
    parts: dict[str, float | int | str | None] = {}
    if counted:
        parts["mean"] = total / len(counted)
    for component in ("b", "s", "d", "e"):
        own = [extent.performance for extent in counted if extent.code.startswith(component)]
        if own:
            parts |= {f"sum_{component}": sum(own), f"n_{component}": len(own)}
    helping = [extent.performance for extent in profile if extent.helps]
    if helping:
        parts["n_helping"] = len(helping)
    excluded = sum(extent.performance in NOT_COUNTED for extent in profile)
    if excluded:
        parts["n_not_counted"] = excluded
    return Score(
        value=total if counted else None,
        shown=total if counted else None,
        answered=len(counted),
        of=len(profile),
        parts=parts,
        why_none="" if counted else "nothing_answered",
    )


FUNCTIONING = Measure(
    name="functioning-profile",
    also=("functioning", "icf-profile"),
    title="Functioning profile",
    licence=Licence.EMBED,
    low=0,
    high=None,
    better=Better.LOWER,
    score=score,
    change=Changed(score=score, better=Better.LOWER),
    formula="sum of performance qualifiers 0 to 4 (and barriers); 8 and 9 are in no sum",
    missing="A code that was not looked at is not counted.",
    changes="No agreed figure; each code is shown beside its own earlier one.",
    source="own list, linked to the WHO ICF by code",
    attribution="Codes refer to the WHO ICF.",
    unattended=False,
    takes='"answers": {"d540": 3 or {"performance", "capacity"?}, "e155": {"barrier": 3} or "+2"}',
)
