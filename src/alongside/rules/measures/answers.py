"""What was answered, read into plain numbers; what cannot be read is refused with its item's name.

Answers come as a list in the order of the items, by item ("1", 1, "q1", or the item's own name), or
as a FHIR R4 QuestionnaireResponse. None, "", "-", "NA" and their like mean: not answered.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

NOT_ANSWERED = frozenset({"", "-", "–", "—", "−", "na", "n/a", "none", "null", "missing", "?"})
MOST_LISTED = 50
PREFIXED = re.compile(r"^(?:q|item|question)[ _.-]?0*(\d+)$")


class BadAnswers(ValueError):
    """These answers cannot be scored as they stand: `code` for programs, `item` where it is."""

    def __init__(self, code: str, message: str, *, item: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.item = item


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question: which numbers answer it. `allowed` where not every step in between does."""

    name: str
    low: float
    high: float
    step: float | None = 1.0
    allowed: tuple[float, ...] = ()
    also: tuple[str, ...] = field(default=())

    def values(self) -> tuple[float, ...]:
        """Every answer that it takes, the least first; () where there are too many to list."""
        if self.allowed:
            return self.allowed
        if not self.step or (self.high - self.low) / self.step >= MOST_LISTED:
            return ()
        count = int((self.high - self.low) / self.step) + 1
        return tuple(self.low + self.step * n for n in range(count))

    def read(self, answer: object) -> float | None:
        """The answer as a number, None where there is none; raises BadAnswers for others."""
        if is_missing(answer):
            return None
        value = number(answer, item=self.name)
        if self.allowed:
            if value not in self.allowed:
                raise BadAnswers(
                    "not_an_option",
                    f"Item {self.name}: {answer!r} is not one of {_listed(self.allowed)}.",
                    item=self.name,
                )
            return value
        if not self.low <= value <= self.high:
            raise BadAnswers(
                "out_of_range",
                f"Item {self.name}: {answer!r} is not from {_plain(self.low)} to "
                f"{_plain(self.high)}.",
                item=self.name,
            )
        if self.step and not _is_step(value - self.low, self.step):
            raise BadAnswers(
                "not_an_option",
                f"Item {self.name}: {answer!r} is not in steps of {_plain(self.step)} from "
                f"{_plain(self.low)} to {_plain(self.high)}.",
                item=self.name,
            )
        return value


def numbered(count: int, low: float, high: float, *, step: float | None = 1.0) -> tuple[Item, ...]:
    """As many items of one kind, named "1", "2", ..."""
    return tuple(Item(name=str(n), low=low, high=high, step=step) for n in range(1, count + 1))


def is_missing(answer: object) -> bool:
    """Whether this stands for: not answered."""
    if answer is None:
        return True
    return isinstance(answer, str) and answer.strip().lower() in NOT_ANSWERED


def number(answer: object, *, item: str = "") -> float:
    """A finite number; raises BadAnswers otherwise (True and False are words, not numbers)."""
    where = f"Item {item}: " if item else ""
    if isinstance(answer, bool) or not isinstance(answer, int | float | str | Decimal):
        raise BadAnswers("not_a_number", f"{where}{answer!r} is not a number.", item=item)
    try:
        value = float(answer.strip().replace("−", "-") if isinstance(answer, str) else answer)
    except (ValueError, OverflowError):
        raise BadAnswers("not_a_number", f"{where}{answer!r} is not a number.", item=item) from None
    if not math.isfinite(value):
        raise BadAnswers("not_a_number", f"{where}{answer!r} is not a number.", item=item)
    return value


def read(items: Sequence[Item], answers: object) -> dict[str, float | None]:
    """Every item's answer, None where there is none: {name: value}, in the order of the items.

    Raises BadAnswers for an item that the instrument does not have, an answer that is no option,
    or one item answered twice.
    """
    found: dict[str, object] = {}
    for name, answer in given(items, answers):
        if name in found:
            raise BadAnswers("twice", f"Item {name} is answered twice.", item=name)
        found[name] = answer
    return {item.name: item.read(found.get(item.name)) for item in items}


def given(items: Sequence[Item], answers: object) -> Iterator[tuple[str, object]]:
    """Each answer with its item's own name."""
    if isinstance(answers, Mapping):
        if answers.get("resourceType") == "QuestionnaireResponse":
            answers = dict(_of_response(answers))
        for key, answer in answers.items():
            yield named(items, key), answer
    elif isinstance(answers, Sequence) and not isinstance(answers, str | bytes):
        if len(answers) > len(items):
            raise BadAnswers(
                "too_many", f"{len(answers)} answers, but there are {len(items)} items."
            )
        for item, answer in zip(items, answers, strict=False):
            yield item.name, answer
    else:
        raise BadAnswers("shape", "The answers must be a list, or an object of item: answer.")


def named(items: Sequence[Item], key: object) -> str:
    """An item's own name, however it is written; raises BadAnswers where there is none."""
    asked = str(key).strip().lower()
    prefixed = PREFIXED.match(asked)
    asked = prefixed.group(1) if prefixed else asked
    for item in items:
        if asked in {name.lower() for name in (item.name, *item.also)}:
            return item.name
    raise BadAnswers(
        "unknown_item",
        f"There is no item {key!r}; the items are {', '.join(item.name for item in items)}.",
        item=str(key),
    )


def _of_response(response: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The answers of a FHIR R4 QuestionnaireResponse, groups opened."""
    for item in response.get("item") or []:
        if not isinstance(item, Mapping):
            raise BadAnswers("shape", "An item of the QuestionnaireResponse is not an object.")
        answers = item.get("answer") or []
        if answers:
            yield str(item.get("linkId", "")), _value(answers[0])
        yield from _of_response(item)


def _value(answer: Mapping[str, Any]) -> object:
    coded = answer.get("valueCoding")
    if isinstance(coded, Mapping):
        return coded.get("code")
    return next((value for key, value in answer.items() if key.startswith("value")), None)


def _is_step(above: float, step: float) -> bool:
    return math.isclose(above / step, round(above / step), abs_tol=1e-9)


def _plain(value: float) -> str:
    return f"{value:g}"


def _listed(values: Sequence[float]) -> str:
    return ", ".join(_plain(value) for value in values)
