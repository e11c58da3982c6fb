"""The day as a ribbon: a lane per therapist, clock times in, places in per cent out, as text.

All times are aware datetimes of one day. `ui/parts/ribbon.html` draws what `ribbon()` gives.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

HOUR_WIDTH = 7  # rem an hour needs so that a name of eight letters fits in half of it

Share = Callable[[datetime], float]


class BlockState(StrEnum):
    """What a block of the day is, which says how it is drawn."""

    DONE = "done"
    WITH = "with"
    WAITING = "waiting"  # here, and about to be let down
    HERE = "here"  # here, as told
    EXPECTED = "expected"
    GONE = "gone"  # cancelled, or did not come


class Band(NamedTuple):
    """When a visit will probably start: 1 in 10 before `low`, 1 in 10 after `high`."""

    low: datetime
    likely: datetime
    high: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A visit on a lane. `label` and `note` are its two lines; `say` is the whole for a reader."""

    starts_at: datetime
    ends_at: datetime
    label: str
    say: str
    state: BlockState
    note: str = ""
    href: str = ""
    band: Band | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RibbonLane:
    """A therapist's day. `away` are the stretches when nobody is there to see anyone."""

    label: str
    note: str = ""
    blocks: tuple[Block, ...] = ()
    away: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBlock:
    """A block with its place: x and width in per cent of the day."""

    x: str
    width: str
    label: str
    note: str
    say: str
    state: str
    href: str
    band: tuple[str, str, str] | None  # x, width, place of the likely start


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLane:
    """A lane with its blocks."""

    label: str
    note: str
    blocks: tuple[DrawnBlock, ...]
    away: tuple[tuple[str, str], ...]


class Frame(NamedTuple):
    """What every lane is drawn against: the places of the hours, of now, and of what is past."""

    hours: tuple[str, ...]
    now_x: str
    past: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ribbon:
    """The whole picture. `hours` are (x, moment); `now_x` is empty outside the day shown."""

    lanes: tuple[DrawnLane, ...]
    hours: tuple[tuple[str, datetime], ...]
    now_x: str
    past: str
    now: datetime
    min_width: str

    @property
    def frame(self) -> Frame:
        """What the lanes share."""
        return Frame(tuple(x for x, _ in self.hours), self.now_x, self.past)


def ribbon(
    lanes: tuple[RibbonLane, ...], *, opens_at: datetime, closes_at: datetime, now: datetime
) -> Ribbon:
    """Place a day between two moments; what crosses the edge is cut, what is outside left out.

    Now stands at its whole minute: until the next one a quiet lane stays the same.
    """
    # In UTC: on the night the clocks change, local times subtract to a wrong hour.
    opens, length = opens_at.astimezone(UTC), closes_at.astimezone(UTC) - opens_at.astimezone(UTC)
    if length <= timedelta():
        raise ValueError("A day ends after it begins.")

    def share(moment: datetime) -> float:
        return min(max((moment.astimezone(UTC) - opens) / length, 0.0), 1.0)

    now = now.replace(second=0, microsecond=0)
    inside = opens_at <= now <= closes_at
    return Ribbon(
        lanes=tuple(_lane(lane, share) for lane in lanes),
        hours=tuple((_percent(share(hour)), hour) for hour in _hours(opens_at, closes_at)),
        now_x=_percent(share(now)) if inside else "",
        past=_percent(share(now)),
        now=now,
        min_width=f"{HOUR_WIDTH * (length / timedelta(hours=1)):.1f}rem",
    )


def _percent(share: float) -> str:
    return f"{100 * share:.3f}%"


def _hours(opens_at: datetime, closes_at: datetime) -> list[datetime]:
    # Whole hours of the clinic's own clock, then on in UTC.
    first = opens_at.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    count = int((closes_at - first) / timedelta(hours=1)) + 1
    marks = (first + timedelta(hours=n) for n in range(count))
    # A mark at the very end would stand outside the picture.
    return [hour for hour in marks if opens_at <= hour < closes_at]


def _lane(lane: RibbonLane, share: Share) -> DrawnLane:
    blocks = (_block(block, share) for block in lane.blocks)
    away = ((share(a), share(b)) for a, b in lane.away)
    return DrawnLane(
        label=lane.label,
        note=lane.note,
        blocks=tuple(block for block in blocks if block is not None),
        away=tuple((_percent(a), _percent(b - a)) for a, b in away if b > a),
    )


def _block(block: Block, share: Share) -> DrawnBlock | None:
    start, end = share(block.starts_at), share(block.ends_at)
    if end <= start:
        return None
    return DrawnBlock(
        x=_percent(start),
        width=_percent(end - start),
        label=block.label,
        note=block.note,
        say=block.say,
        state=block.state.value,
        href=block.href,
        band=_band(block.band, share) if block.band else None,
    )


def _band(band: Band, share: Share) -> tuple[str, str, str]:
    low, likely, high = (share(moment) for moment in band)
    return _percent(low), _percent(max(high - low, 0.002)), _percent(likely)
