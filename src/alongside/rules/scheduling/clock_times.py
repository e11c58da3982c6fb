"""From a date and a time on the clinic's wall to one instant, or a plain refusal."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 2000, 2100


class NoSuchTime(ValueError):
    """The clocks jump over this time on this day, so nobody can come then."""

    def __init__(self, day: date, at: time) -> None:
        super().__init__(f"{day} {at:%H:%M}")
        self.day, self.at = day, at


def day_or_none(text: str) -> date | None:
    """Read an ISO date (2026-12-01) that a clinic can mean: of the years 2000 to 2100."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if is_plausible(day) else None


def instant_or_none(text: str) -> datetime | None:
    """Read an ISO moment with its offset, of a day that a clinic can mean."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo and is_plausible(at.date()) else None


def is_plausible(day: date) -> bool:
    """Tell whether a clinic can mean this day; 0206 is a slip, and 9999 breaks calendars."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Give the instant of a wall-clock time, aware and in the zone; raise NoSuchTime.

    On the night when an hour comes twice, the first of the two is meant (PEP 495, fold 0).
    """
    local = datetime.combine(day, at.replace(tzinfo=None), tzinfo=zone)
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(day, at)
    return local
