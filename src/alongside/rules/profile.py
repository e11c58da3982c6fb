"""Who says what is how hard: the client, somebody close and a therapist, side by side, over time.

Nobody's word replaces another's: the newest of each voice stands beside the newest of the others.
To match services, the hardest of what is said counts, so that nobody's need is missed; how much it
matters is the client's to say. What nobody rated in importance weighs in full, as in
`alongside match`. Only these are read: a need's code, how hard it is, how much it matters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alongside.rules.matching import Need
from alongside.rules.measures.functioning import COUNTED

UNSAID = 10


class Voice(StrEnum):
    """Whose view it is."""

    CLIENT = "client"
    CLOSE = "close"
    THERAPIST = "therapist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one of them said at one time; qualifiers 0 to 4, 8 not known, 9 does not apply."""

    code: str
    voice: Voice
    performance: int
    at: datetime
    capacity: int | None = None
    importance: int | None = None
    helps: bool = False
    words: str = ""
    by: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether it says how hard something is; what helps, 8 and 9 do not."""
        return self.performance in COUNTED and not self.helps


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One voice about one need: what it says now, and what it said before that was different."""

    now: Said
    before: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One need, with everybody who said something about it."""

    code: str
    sides: Mapping[Voice, Side]

    @property
    def counted(self) -> list[int]:
        """How hard it is, by everybody who says so now."""
        return [side.now.performance for side in self.sides.values() if side.now.is_counted]

    @property
    def hardest(self) -> int:
        """The hardest of what is said; 0 where nobody says that it is hard."""
        return max(self.counted, default=0)

    @property
    def apart(self) -> int:
        """How many steps lie between those who see it; 0 where they agree or one speaks alone."""
        return self.hardest - min(self.counted, default=0)

    @property
    def importance(self) -> int | None:
        """How much it matters, 0 to 10: the client's word, else the greatest of the others'."""
        own = self.sides.get(Voice.CLIENT)
        if own and own.now.importance is not None:
            return own.now.importance
        said = [side.now.importance for side in self.sides.values()]
        return max((one for one in said if one is not None), default=None)

    @property
    def helps(self) -> bool:
        """Whether somebody says that it helps, and nobody that it is in the way."""
        return any(side.now.helps for side in self.sides.values()) and not self.hardest

    @property
    def need(self) -> Need:
        """The need as the matching knows it."""
        matters = UNSAID if self.importance is None else self.importance
        return Need(code=self.code, severity=self.hardest, importance=matters)


def lines(said: Iterable[Said]) -> tuple[Line, ...]:
    """One line a need, what weighs most first; among equals in the order of the codes."""
    sides: dict[str, dict[Voice, Side]] = {}
    for one in sorted(said, key=lambda one: one.at):
        known = sides.setdefault(one.code, {})
        last = known.get(one.voice)
        known[one.voice] = Side(now=one, before=_before(one, last))
    found = [Line(code=code, sides=by_voice) for code, by_voice in sides.items()]
    return tuple(sorted(found, key=lambda line: (-line.need.weight, -line.hardest, line.code)))


def _before(now: Said, last: Side | None) -> Said | None:
    """The last thing said that differs in how hard it is; words alone are no change."""
    if last is None:
        return None
    same = (last.now.performance, last.now.helps) == (now.performance, now.helps)
    return last.before if same else last.now


def needs_of(found: Iterable[Line]) -> list[Need]:
    """What is to be matched: each need that weighs something."""
    return [line.need for line in found if line.need.weight > 0]


class Way(StrEnum):
    """Where a need has gone in one voice since it was first said."""

    EASIER = "easier"
    SAME = "same"
    HARDER = "harder"
    ONCE = "once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One need in one voice over time: what differed from what was said before, in order."""

    code: str
    voice: Voice
    points: tuple[Said, ...]

    @property
    def way(self) -> Way:
        """From the first to the last that says how hard it is; a qualifier is an order, no sum."""
        counted = [0 if one.helps else one.performance for one in self.points if _is_compared(one)]
        if len(self.points) < 2 or len(counted) < 2:
            return Way.ONCE
        if counted[-1] == counted[0]:
            return Way.SAME
        return Way.EASIER if counted[-1] < counted[0] else Way.HARDER


def courses(said: Iterable[Said]) -> tuple[Course, ...]:
    """Each need in each voice over time; in the order of the codes, then of the voices."""
    found: dict[tuple[str, Voice], list[Said]] = {}
    for one in sorted(said, key=lambda one: one.at):
        points = found.setdefault((one.code, one.voice), [])
        if not points or (points[-1].performance, points[-1].helps) != (one.performance, one.helps):
            points.append(one)
    order = {voice: number for number, voice in enumerate(Voice)}
    return tuple(
        Course(code=code, voice=voice, points=tuple(points))
        for (code, voice), points in sorted(
            found.items(), key=lambda pair: (pair[0][0], order[pair[0][1]])
        )
    )


def _is_compared(one: Said) -> bool:
    return one.helps or one.performance in COUNTED
