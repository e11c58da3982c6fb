"""What the record says about the futures' own mistakes, and how it moves what they say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.boost import Forest
from alongside.rules.waits.lean import Lean

Floats = NDArray[np.float64]
Nine = tuple[float, ...]
Hours = Mapping[str, Nine]
NONE: Nine = (0.0,) * 9
FUTURES = Lean()
NO_TREES = Forest(features=(), cuts=(), leaves=())
BOOKED_CLOCK, CLOCK = 3, 4
"""Where in a row stand the minutes of the clinic's day: of the booked time, and of now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is learned for two kinds of looks: at check-in, and (the second of each) while waiting.

    `leans`: from where each forest starts. `shifts` move the nine quantiles by shares of the
    interval's half width, so that they keep being kept as often as they say: `slow` over months,
    together with what the last days showed. `hours` move those booked in one hour of the day
    further, slowly too.
    """

    arrival: Forest
    waiting: Forest
    n: int
    leans: tuple[Lean, Lean] = (FUTURES, FUTURES)
    shifts: tuple[Nine, Nine] = (NONE, NONE)
    slow: tuple[Nine, Nine] = (NONE, NONE)
    hours: tuple[Hours, Hours] = field(default_factory=lambda: ({}, {}))

    @property
    def sides(self) -> tuple["Side", "Side"]:
        """At check-in, while waiting."""
        forests = (self.arrival, self.waiting)
        first, later = (
            Side(lean=lean, forest=forest, shifts=shifts, slow=slow, hours=hours)
            for lean, forest, shifts, slow, hours in zip(
                self.leans, forests, self.shifts, self.slow, self.hours, strict=True
            )
        )
        return first, later

    @classmethod
    def of(cls, sides: tuple["Side", "Side"], *, n: int) -> Self:
        first, later = sides
        return cls(
            arrival=first.forest,
            waiting=later.forest,
            n=n,
            leans=(first.lean, later.lean),
            shifts=(first.shifts, later.shifts),
            slow=(first.slow, later.slow),
            hours=(first.hours, later.hours),
        )

    @classmethod
    def from_page(cls, page: Mapping[str, Any]) -> Self:
        """From a stored page; those of earlier releases start from the futures alone, and know
        neither hours nor what was slow.
        """
        leans: Any = page.get("leans") or ({}, {})
        hours: Any = page.get("hours") or ({}, {})
        return cls(
            arrival=Forest.from_page(page["arrival"]),
            waiting=Forest.from_page(page["waiting"]),
            n=page["n"],
            leans=(_lean(leans[0]), _lean(leans[1])),
            shifts=_both(page["shifts"]),
            slow=_both(page.get("slow", page["shifts"])),
            hours=(_hours(hours[0]), _hours(hours[1])),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What is learned for one kind of look."""

    lean: Lean = FUTURES
    forest: Forest = NO_TREES
    shifts: Nine = NONE
    slow: Nine = NONE
    hours: Hours = field(default_factory=dict)

    def before_shifts(self, simulated: Floats, rows: Floats) -> Floats:
        """The nine quantiles before they are moved: (cases, 9)."""
        return self.forest.add_to(self.lean.start(simulated, rows), rows)

    def told(self, simulated: Floats, rows: Floats) -> Floats:
        """The nine quantiles (cases, 9) of simulated ones (cases, 9) and rows (cases, features)."""
        return moved(
            self.before_shifts(simulated, rows), np.array(self.shifts) + self.by_hour(rows)
        )

    def by_hour(self, rows: Floats) -> Floats:
        """How much further each case is moved for the hour that it is booked in: (cases, 9)."""
        return np.array([self.hours.get(hour, NONE) for hour in hours_of(rows)]).reshape(-1, 9)


def moved(quantiles: Floats, shifts: Floats) -> Floats:
    """Quantiles (..., 9) moved by shares of their half width, in order and never below zero."""
    half = half_width(quantiles)
    return np.asarray(np.maximum(np.sort(quantiles + shifts * half, axis=-1), 0.0))


def half_width(quantiles: Floats) -> Floats:
    """Half of what lies between the first and the last of nine, at least a minute: (..., 1)."""
    return np.asarray(np.maximum((quantiles[..., 8:9] - quantiles[..., 0:1]) / 2, 1.0))


def hours_of(rows: Floats) -> list[str]:
    """The hour of the clinic's day that each is booked in, as a page names it."""
    return [f"{int(minute // 60) % 24:02}" for minute in rows[:, BOOKED_CLOCK].tolist()]


def _lean(page: Mapping[str, Any]) -> Lean:
    if not page:
        return FUTURES
    weights = tuple(tuple(row) for row in page["weights"])
    return Lean(weights=weights, halved=page["halved"], most=tuple(page.get("most", ())))


def _both(pages: Any) -> tuple[Nine, Nine]:
    first, later = (tuple(page) for page in pages)
    return first, later


def _hours(page: Mapping[str, Any]) -> dict[str, Nine]:
    return {hour: tuple(shifts) for hour, shifts in page.items()}
