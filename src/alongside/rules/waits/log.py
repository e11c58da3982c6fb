"""A clinic's log as lines of CSV: what can be read, and a clear account of what was left out."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import chain

from alongside.rules.waits.clock import minutes
from alongside.rules.waits.past import Past

NEEDED = ("visit", "arrived_at", "started_at")
MOST = 100_000
"""Rows that are used, the latest: years of the largest clinic, and some minutes of replay."""
LONGEST = 12 * 60.0
LONGEST_SESSION = 10 * 60.0


class LogError(ValueError):
    """The log cannot be read at all; the message says what to do."""


class Why(StrEnum):
    """Why a row was left out."""

    NO_NAME = "no visit number"
    TWICE = "the same visit twice: the first row is kept"
    NO_TIMES = "neither a booked time nor an arrival"
    NOT_A_TIME = "a time that cannot be read"
    CLOCK_CHANGE = "a time that the clock change makes unclear or impossible"
    STARTED_BEFORE = "started before the arrival"
    ENDED_BEFORE = "ended before the start"
    OTHER_DAY = "started more than 12 hours after the arrival"
    BEFORE_OPENING = "arrived hours before the clinic's day begins"
    OLD = "older than the last 100,000 visits, from which there is enough to learn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The rows that can be used, in order of time, and the lines left out by reason."""

    visits: tuple[Past, ...]
    rows: int
    left_out: Mapping[Why, tuple[int, ...]] = field(default_factory=dict)
    zone: tzinfo = UTC


class _Unusable(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def read_log(lines: Iterable[str], *, zone: tzinfo = UTC, most: int = MOST) -> Log:
    """A log from its lines, the first naming the columns; LogError if a needed one is missing.

    Times are ISO 8601; those without an offset are the wall clock of `zone`. Of a longer log the
    last `most` visits are used: it is never held in memory as a whole.
    """
    reader = _reader(_clean(lines))
    _check_columns(reader.fieldnames or [])
    kept: list[Past] = []
    left_out: dict[Why, list[int]] = {}
    names: set[str] = set()
    rows = old = 0
    for cells in reader:
        rows += 1
        if len(kept) >= 2 * most:
            old += _forget(kept, most)
        try:
            past = _past(cells, zone)
            if past.visit in names:
                raise _Unusable(Why.TWICE)
        except _Unusable as problem:
            left_out.setdefault(problem.why, []).append(reader.line_num)
        else:
            names.add(past.visit)
            kept.append(past)
    old += _forget(kept, most)
    account = {why: tuple(numbers) for why, numbers in left_out.items()}
    account |= {Why.OLD: (0,) * old} if old else {}
    return Log(visits=tuple(kept), rows=rows, left_out=account, zone=zone)


def _reader(lines: Iterator[str]) -> "csv.DictReader[str]":
    """Rows by the names of the first line, whatever their order, their capitals and what is
    between them: a comma, or the semicolon and the tab of other countries' spreadsheets.
    """
    first = next(lines, "")
    between = max(",;\t", key=first.count)
    reader = csv.DictReader(chain([first], lines), restval="", delimiter=between)
    if reader.fieldnames:
        reader.fieldnames = [name.strip().lower() for name in reader.fieldnames]
    return reader


def _forget(kept: list[Past], most: int) -> int:
    """Put these in order of time, leave the last, and say how many are gone."""
    kept.sort(key=_when)
    many = max(len(kept) - most, 0)
    del kept[:many]
    return many


def _clean(lines: Iterable[str]) -> Iterator[str]:
    """The lines without a byte order mark and without zero bytes, which end a CSV reader."""
    for number, line in enumerate(lines):
        yield (line.lstrip("\ufeff") if number == 0 else line).replace("\0", "")


def _check_columns(names: Iterable[str]) -> None:
    missing = [name for name in NEEDED if name not in set(names)]
    if missing:
        raise LogError(
            f"The log has no column {', '.join(missing)}. "
            f"Its first line must name the columns {', '.join(NEEDED)}."
        )


def _when(past: Past) -> float:
    moment = past.arrived_at or past.booked_at
    return moment.timestamp() if moment else 0.0


def _past(cells: Mapping[str, str | None], zone: tzinfo) -> Past:
    def text(name: str) -> str:
        return str(cells.get(name) or "").strip()

    times = {name: _moment(text(name), zone) for name in _TIMES}
    past = Past(visit=text("visit"), lane=text("therapist") or None, kind=text("kind"), **times)
    _check(past)
    return past


_TIMES = ("booked_at", "arrived_at", "started_at", "ended_at", "cancelled_at")


def _check(past: Past) -> None:
    if not past.visit:
        raise _Unusable(Why.NO_NAME)
    if past.arrived_at is None and (past.booked_at is None or past.started_at is not None):
        raise _Unusable(Why.NO_TIMES)
    if past.waited is not None and past.waited < 0:
        raise _Unusable(Why.STARTED_BEFORE)
    if past.waited is not None and past.waited > LONGEST:
        raise _Unusable(Why.OTHER_DAY)
    if past.ended_at is None or past.started_at is None:
        return
    if not 0 <= minutes(past.ended_at, past.started_at) <= LONGEST_SESSION:
        raise _Unusable(Why.ENDED_BEFORE)


def _moment(text: str, zone: tzinfo) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
        return _by_the_wall(moment, zone)
    except (ValueError, OverflowError):
        raise _Unusable(Why.NOT_A_TIME) from None


def _by_the_wall(moment: datetime, zone: tzinfo) -> datetime:
    """The moment that a wall clock showed; unclear in the hour that comes twice or never."""
    first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        raise _Unusable(Why.CLOCK_CHANGE)
    return first.astimezone(UTC)


def opening(log: Log, *, days: int) -> timedelta | None:
    """The time of day before which nobody of the first `days` days was booked or started.

    None when too few are known to say.
    """
    moments = [past.booked_at or past.started_at for past in log.visits]
    local = [moment.astimezone(log.zone) for moment in moments if moment]
    first_days = sorted({moment.date() for moment in local})[:days]
    if len(first_days) < 5:
        return None
    since = sorted(
        moment.hour * 60 + moment.minute for moment in local if moment.date() <= first_days[-1]
    )
    return timedelta(minutes=since[len(since) // 200])


def without_early_birds(log: Log, *, days: int, most: timedelta = timedelta(hours=4)) -> Log:
    """The log without arrivals long before the clinic's day begins: slips of the pen."""
    opens = opening(log, days=days)
    if opens is None:
        return log

    def plausible(past: Past) -> bool:
        if past.arrived_at is None:
            return True
        local = past.arrived_at.astimezone(log.zone)
        return timedelta(hours=local.hour, minutes=local.minute) >= opens - most

    kept = tuple(past for past in log.visits if plausible(past))
    many = len(log.visits) - len(kept)
    account = dict(log.left_out) | ({Why.BEFORE_OPENING: (0,) * many} if many else {})
    return Log(visits=kept, rows=log.rows, left_out=account, zone=log.zone)
