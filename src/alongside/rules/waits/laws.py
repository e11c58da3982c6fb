"""What a clinic's log has taught: plain tables that a person can open and read.

A law is an empirical distribution kept as the values below which 2.5 %, 7.5 %, ... 97.5 % of the
record fell. No family is assumed: real consultations fit neither one log-normal nor another.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import exp
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.correction import Correction

Floats = NDArray[np.float64]

VERSION = 2
READ = (1, VERSION)
"""Pages of version 1 lack what came later, which then says nothing."""
GRID: Floats = (np.arange(20) + 0.5) / 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One distribution: its values at `GRID`, and from how many cases it was learned."""

    values: tuple[float, ...]
    n: int = 0

    def draw(self, uniform: Floats) -> Floats:
        """Values for uniform numbers in (0, 1), same shape; both ends thin out exponentially."""
        table = np.asarray(self.values)
        inner = np.interp(uniform, GRID, table)
        reach = max(table[-1] - table[-3], 1e-9)
        drop = max(table[2] - table[0], 1e-9)
        above = np.maximum(uniform, GRID[-1])
        below = np.minimum(uniform, GRID[0])
        high = reach / 2 * np.log((1 - GRID[-1]) / np.maximum(1 - above, 1e-4))
        low = drop / 4 * np.log(GRID[0] / np.maximum(below, 1e-4))
        return np.asarray(inner + high - low)

    def below(self, value: float) -> float:
        """The share of cases under `value`; beyond the record it only nears 1."""
        table = self.values
        if value <= table[0]:
            return 0.0
        if value > table[-1]:
            reach = max(table[-1] - table[-3], 1e-9) / 2
            return 1 - (1 - float(GRID[-1])) * exp(-(value - table[-1]) / reach)
        above = bisect_left(table, value)
        part = (value - table[above - 1]) / (table[above] - table[above - 1])
        return (above - 0.5 + part) / len(table)

    def draw_above(self, uniform: Floats, floor: float) -> Floats:
        """Values given that they exceed `floor`: how long still, given how long already."""
        share = min(self.below(floor), 0.999)
        return np.maximum(self.draw(share + (1 - share) * uniform), floor)

    def __hash__(self) -> int:
        return hash((self.values[0], self.values[-1], self.values[10], self.n))

    @classmethod
    def of(cls, cases: Floats) -> Self:
        """The law of a record of cases (at least one), unweighted."""
        return cls(values=tuple(np.quantile(cases, GRID).tolist()), n=len(cases))

    def shrunk_to(self, parent: "Law", *, weight: float) -> "Law":
        """This law leaning on a wider one as if that were `weight` cases (Vincent's average)."""
        own = self.n / (self.n + weight)
        mixed = own * np.asarray(self.values) + (1 - own) * np.asarray(parent.values)
        return Law(values=tuple(mixed.tolist()), n=self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Shared resources whose number and ends nobody wrote down, known from starts alone.

    `turn`: minutes from a start until that resource starts its next client when one waits;
    `ready`: minutes between being due and starting when a resource is free.
    `missing`: how many of them the last day ended without.
    """

    resources: int
    turn: Law
    ready: Law
    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What people usually wait here by how early they came, and how the last days differed.

    `waits[k]` is the median wait of those whose minutes before the booked time lie between
    `edges[k - 1]` and `edges[k]`; `drift` is the mean excess over it in the last 3 and 10 days.
    """

    edges: tuple[float, ...]
    waits: tuple[float, ...]
    drift: tuple[float, float] = (0.0, 0.0)

    def wait(self, early: Floats) -> Floats:
        found = np.searchsorted(np.asarray(self.edges), early, side="right")
        return np.asarray(np.asarray(self.waits)[found])


@dataclass(frozen=True, slots=True, kw_only=True)
class Laws:
    """Everything learned about one clinic. Minutes, except `lengths`: a share of the planned.

    `begins`: from the later of arrival and booked time to the start, where the therapist had long
    been free: below nought where people are taken early.
    `slip`: from the later of arrival and booked time to the start, for a clinic of which neither
    therapists nor (yet) the number of its resources are known.
    `promise`: how far "by" is steered beside its quantile, in half widths (promise.py).
    """

    lengths: Mapping[str, Law]
    punctuality: Law
    first_delay: Law
    turnover: Law
    slip: Law
    absence: float
    begins: Law
    early_start: float = 5.0
    planned: Mapping[str, float] = field(default_factory=dict)
    pool: Pool | None = None
    usual: Usual | None = None
    correction: Correction | None = None
    promise: float = 0.0
    n: int = 0

    def length(self, kind: str, lane: str | None) -> Law:
        """The law of a visit's length as a share of its planned minutes, the closest known."""
        for key in (f"{kind}|{lane or ''}", f"{kind}|", "|"):
            if key in self.lengths:
                return self.lengths[key]
        raise KeyError("|")

    @classmethod
    def prior(cls) -> "Laws":
        """What to believe on day one, from published outpatient figures.

        Sessions last 45 minutes with SD 8, 10.4 % stay away (634 clinics), people come a
        little early with a long late tail, and the first session starts some minutes late.
        """
        return PRIOR

    def to_json(self) -> dict[str, Any]:
        """A page of plain numbers, lists and names that a person can open."""
        return {"version": VERSION} | asdict(self)

    @classmethod
    def from_json(cls, page: Mapping[str, Any]) -> "Laws":
        """The laws from such a page; ValueError if a version wrote it that we cannot read."""
        if page.get("version") not in READ:
            raise ValueError(f"laws of version {page.get('version')!r}, expected one of {READ}")
        given = {name: value for name, value in page.items() if name != "version"}
        given.setdefault("begins", asdict(PRIOR.begins))
        for name in ("punctuality", "first_delay", "turnover", "slip", "begins"):
            given[name] = _law_from(given[name])
        given["lengths"] = {key: _law_from(law) for key, law in given["lengths"].items()}
        given["pool"] = _pool_from(given["pool"])
        given["usual"] = _usual_from(given["usual"])
        correction = given["correction"]
        given["correction"] = None if correction is None else Correction.from_page(correction)
        return cls(**given)


def _law_from(page: Mapping[str, Any]) -> Law:
    return Law(values=tuple(page["values"]), n=page["n"])


def _pool_from(page: Mapping[str, Any] | None) -> Pool | None:
    if page is None:
        return None
    turn, ready = _law_from(page["turn"]), _law_from(page["ready"])
    missing = page.get("missing", 0)
    return Pool(resources=page["resources"], turn=turn, ready=ready, missing=missing)


def _usual_from(page: Mapping[str, Any] | None) -> Usual | None:
    if page is None:
        return None
    short, long = page["drift"]
    return Usual(edges=tuple(page["edges"]), waits=tuple(page["waits"]), drift=(short, long))


def _law(*knots: float) -> Law:
    """A prior law from its minimum, lower quartile, median, upper quartile and maximum."""
    values = np.interp(GRID, np.array([0.0, 0.25, 0.5, 0.75, 1.0]), np.array(knots))
    return Law(values=tuple(values.tolist()))


PRIOR = Laws(
    lengths={"|": _law(0.62, 0.91, 1.0, 1.1, 1.55)},
    punctuality=_law(-35, -12, -6, 0, 25),
    first_delay=_law(-2, 0, 2, 6, 20),
    turnover=_law(0, 1, 2, 4, 10),
    slip=_law(-10, 0, 5, 15, 45),
    begins=_law(-6, -1, 1, 3, 10),
    absence=0.104,
)
