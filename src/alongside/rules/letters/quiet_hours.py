"""When a message may ring in somebody's pocket."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def is_quiet(at: datetime, *, quiet_from: time, quiet_to: time, zone: ZoneInfo) -> bool:
    """Tell whether a moment falls into the quiet hours by the clinic's wall clock.

    The hours may run over midnight (20:00 to 8:00); two equal times mean no quiet hours at all.
    """
    clock = at.astimezone(zone).time()
    if quiet_from <= quiet_to:
        return quiet_from <= clock < quiet_to
    return clock >= quiet_from or clock < quiet_to


def next_allowed(at: datetime, *, quiet_from: time, quiet_to: time, zone: ZoneInfo) -> datetime:
    """Give the first moment from `at` on at which a message may go; a later one is in UTC."""
    if not is_quiet(at, quiet_from=quiet_from, quiet_to=quiet_to, zone=zone):
        return at
    local = at.astimezone(zone)
    begun_before_midnight = quiet_from > quiet_to and local.time() >= quiet_from
    day = local.date() + timedelta(days=1 if begun_before_midnight else 0)
    # On the two nights of the year an end can come twice or never: the later reading is the one
    # that is after `at` in the first case, and no longer quiet in the second.
    ends = (datetime.combine(day, quiet_to.replace(fold=fold), zone) for fold in (0, 1))
    return max(end.astimezone(UTC) for end in ends)
