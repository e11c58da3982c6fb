"""Which backups are kept, and when the next one is due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """How many days, weeks and months have their last backup kept."""

    days: int = 7
    weeks: int = 5
    months: int = 12


def keep_from(text: str) -> Keep:
    """Read "7d 5w 12m"; what is not named is nought, and ValueError says what is not understood."""
    counts = {"d": 0, "w": 0, "m": 0}
    for word in text.split():
        number, unit = word[:-1], word[-1:]
        if unit not in counts or not number.isdigit():
            raise ValueError(f"“{word}” is not understood; write for instance 7d 5w 12m.")
        counts[unit] = int(number)
    if not any(counts.values()):
        raise ValueError("At least one backup must be kept; write for instance 7d 5w 12m.")
    return Keep(days=counts["d"], weeks=counts["w"], months=counts["m"])


def kept(made: Iterable[datetime], keep: Keep) -> set[datetime]:
    """Give the moments whose backups stay: the last of each of the last days, weeks and months.

    Days without a backup do not count, so that a machine that was off loses nothing for it; the
    newest always stays.
    """
    newest_first = sorted(made, reverse=True)
    stay = set(newest_first[:1])
    for most, span in ((keep.days, _day), (keep.weeks, _week), (keep.months, _month)):
        stay |= _last_of_each(newest_first, most, span)
    return stay


def _last_of_each(
    newest_first: list[datetime], most: int, span: Callable[[datetime], object]
) -> set[datetime]:
    found: dict[object, datetime] = {}
    for at in newest_first:
        if span(at) not in found and len(found) < most:
            found[span(at)] = at
    return set(found.values())


def _day(at: datetime) -> object:
    return at.date()


def _week(at: datetime) -> object:
    return at.isocalendar()[:2]


def _month(at: datetime) -> object:
    return at.year, at.month


def is_due(last: datetime | None, *, hour: int, zone: tzinfo, now: datetime) -> bool:
    """Tell whether the night's backup is due: the hour has come since the last one was made."""
    if last is None:
        return True
    here = now.astimezone(zone)
    # The first of two, in the night that has this hour twice; and compared as moments of UTC, for
    # two times of one zone are compared as wall clocks.
    turn = here.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    if turn.timestamp() > now.timestamp():
        turn -= DAY
    return last.timestamp() < turn.timestamp()
