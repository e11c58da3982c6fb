"""Two clients of one therapist exchange their places: who is here goes first, who is late comes
later.

Only somebody whose coming is known is put later: they said when they will be here, or have the time
to hear of it before they leave. Nobody is ever asked to come earlier: who goes first is here.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from alongside.rules.waits.clock import minutes
from alongside.rules.waits.day import SHARED, Booked, Day
from alongside.rules.waits.state import KEEPS_PLACE

NOTICE = timedelta(minutes=45)
"""Nobody is asked to come later who has less time than this to hear of it."""
MINUTE = timedelta(minutes=1)
TRIED = 3
"""How many swaps are tried for one person, with those booked first before the others."""


def swaps(day: Day, visit: Booked, now: datetime) -> Iterator[tuple[Booked, Booked, Day]]:
    """Each swap in which `visit` has a part: who goes first, who comes later, the day with it."""
    if visit.lane not in (None, SHARED):
        yield from islice(_tried(day, visit, now), TRIED)


def _tried(day: Day, visit: Booked, now: datetime) -> Iterator[tuple[Booked, Booked, Day]]:
    for another in sorted(day.visits, key=lambda one: minutes(one.booked_at or now, now)):
        here, late = (visit, another) if visit.is_here else (another, visit)
        if _could(here, late, now):
            moved = swapped(day, here, late)
            if _fit(moved, here, late):
                yield here, late, moved


def _could(here: Booked, late: Booked, now: datetime) -> bool:
    """Whether the one waits, and the other, booked before, is known to come later."""
    return (
        here.lane == late.lane
        and (here.is_here and late.is_to_start and not late.is_here)
        and (here.called_at is None and late.called_at is None)
        and (here.booked_at is not None and late.booked_at is not None)
        and late.booked_at < here.booked_at
        and hears_in_time(late.booked_at, late.late_until, now)
        and not _may_be_waited_for(late, here.booked_at)
    )


def _may_be_waited_for(late: Booked, booked_at: datetime) -> bool:
    """Whether they come so soon after the other's time that nobody knows who would go first.

    The futures keep their place for them, a therapist perhaps does not: what a swap would then
    spare, and whom, is not said.
    """
    if late.late_until is None:
        return False
    return 0 < (late.late_until - booked_at) / MINUTE < KEEPS_PLACE


def hears_in_time(booked_at: datetime, late_until: datetime | None, now: datetime) -> bool:
    """Whether somebody who is not here can be put later without coming in vain."""
    return _has_notice(booked_at, now) or (
        late_until is not None and minutes(late_until, now) > max(minutes(booked_at, now), 0.0)
    )


def still_late(late_until: datetime | None, booked_at: datetime) -> datetime | None:
    """What is left of "I come later" at a new time: nothing, when they come before it."""
    return late_until if late_until and late_until > booked_at else None


def asked_for(late_until: datetime | None, new_time: datetime) -> datetime:
    """At what time they are asked to come: the new one, or when they said, if that is later."""
    return still_late(late_until, new_time) or new_time


def swapped(day: Day, visit: Booked, other: Booked) -> Day:
    """The day with the booked times of these two exchanged; each keeps their own length."""
    if visit.booked_at is None or other.booked_at is None:
        return day
    late = still_late(other.late_until, visit.booked_at)
    new = {
        visit.id: replace(visit, booked_at=other.booked_at),
        other.id: replace(other, booked_at=visit.booked_at, late_until=late),
    }
    return replace(day, visits=tuple(new.get(one.id, one) for one in day.visits))


def counts_from(other: Booked, new_time: datetime, now: datetime) -> datetime:
    """From when the wait of whoever is put later counts.

    From the new time for somebody who hears of it before they leave; from when they said that they
    come for somebody who may be on the way, though we hope that they take their time.
    """
    said = other.late_until or new_time
    if other.booked_at is not None and _has_notice(other.booked_at, now):
        return max(said, new_time)
    return said


def _has_notice(booked_at: datetime, now: datetime) -> bool:
    return minutes(booked_at, now) >= NOTICE / MINUTE


def _fit(moved: Day, visit: Booked, other: Booked) -> bool:
    """Whether both have room in the book where they are now, beside all whom it still holds."""
    both = [one for one in moved.visits if one.id in (visit.id, other.id)]
    held = [
        one
        for one in moved.visits
        if one.lane == visit.lane and (one.is_to_start or one.is_in_session)
    ]
    return not any(
        one.id != another.id and _share_time(one, another) for one in both for another in held
    )


def _share_time(one: Booked, another: Booked) -> bool:
    if one.booked_at is None or another.booked_at is None:
        return False
    gap = (another.booked_at - one.booked_at) / MINUTE
    return -another.planned / MINUTE < gap < one.planned / MINUTE
