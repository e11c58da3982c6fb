"""From a line's cells to values, with a named fault for each cell that cannot be read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from alongside.rules.scheduling.clock_times import NoSuchTime, instant, is_plausible
from alongside.rules.scheduling.csv_text import REQUIRED, Line

# Day first where it is not the ISO order: 1/12/2026 is the first of December.
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})\s*[:h]\s*(\d{2})?(?::00)?", re.ASCII)
_MINUTES = re.compile(r"(\d{1,3})(?:\s*min\.?)?", re.ASCII)
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")
_MOBILE = re.compile(r"\+?[\d\s().-]{6,20}", re.ASCII)
LONGEST = {
    "first_name": 80,
    "last_name": 80,
    "called": 80,
    "number": 40,
    "email": 254,
    "mobile": 20,
    "asked_for": 2000,
}
LONGEST_VISIT = timedelta(hours=12)
SHOWN = 40


class BadCell(StrEnum):
    """What is wrong with a cell, or with a line as a whole."""

    EMPTY = "empty"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NO_SUCH_TIME = "no_such_time"
    NOT_MINUTES = "not_minutes"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_MOBILE = "not_a_mobile"
    UNKNOWN_LANGUAGE = "unknown_language"
    TOO_LONG = "too_long"
    TOO_MANY_CELLS = "too_many_cells"
    UNKNOWN_THERAPIST = "unknown_therapist"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_ROOM = "unknown_room"
    NOT_OFFERED = "not_offered"
    CLIENT_UNCLEAR = "client_unclear"
    NUMBER_OF_ANOTHER = "number_of_another"
    THERAPIST_TAKEN = "therapist_taken"
    CLIENT_TAKEN = "client_taken"
    ROOM_TAKEN = "room_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something to put right: the line, the column's name ("" for the line), what, and the cell.

    `meant` are values that would be right, or what the line clashes with.
    """

    line: int
    column: str
    what: BadCell
    value: str = ""
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One booking as the file says it; `planned` None means the kind's own length."""

    line: int
    at: datetime
    therapist: str
    kind: str
    first_name: str
    last_name: str
    number: str = ""
    email: str = ""
    mobile: str = ""
    language: str = ""
    called: str = ""
    planned: timedelta | None = None
    room: str = ""
    asked_for: str = ""


def read_row(
    line: Line, zone: ZoneInfo, languages: Sequence[str]
) -> tuple[Row | None, list[Fault]]:
    """Give a line's booking, or None and every fault in it, in the order of the columns."""
    faults = list(_plain_faults(line, languages))
    on, at = _date(line.cells["date"]), _time(line.cells["time"])
    start = None
    if line.cells["date"] and on is None:
        faults.append(_fault(line, "date", BadCell.NOT_A_DATE))
    if line.cells["time"] and at is None:
        faults.append(_fault(line, "time", BadCell.NOT_A_TIME))
    if on is not None and at is not None:
        try:
            start = instant(on, at, zone)
        except NoSuchTime:
            faults.append(_fault(line, "time", BadCell.NO_SUCH_TIME))
    if faults or start is None:
        return None, faults
    cells = {name: cell for name, cell in line.cells.items() if name not in ("date", "time")}
    planned = _minutes(cells.pop("planned", ""))
    cells["language"] = cells.get("language", "").casefold()[:2]
    return Row(line=line.number, at=start, planned=planned, **cells), []


def _plain_faults(line: Line, languages: Sequence[str]) -> Iterable[Fault]:
    if line.spare:
        yield Fault(line=line.number, column="", what=BadCell.TOO_MANY_CELLS)
    for name in REQUIRED:
        if not line.cells[name]:
            yield _fault(line, name, BadCell.EMPTY)
    for name, most in LONGEST.items():
        if len(line.cells.get(name, "")) > most:
            yield _fault(line, name, BadCell.TOO_LONG, meant=(str(most),))
    for name, pattern, what in (
        ("email", _EMAIL, BadCell.NOT_AN_EMAIL),
        ("mobile", _MOBILE, BadCell.NOT_A_MOBILE),
    ):
        cell = line.cells.get(name, "")
        if cell and not pattern.fullmatch(cell):
            yield _fault(line, name, what)
    spoken = line.cells.get("language", "").casefold()
    if spoken and spoken[:2] not in languages:
        yield _fault(line, "language", BadCell.UNKNOWN_LANGUAGE, meant=tuple(languages))
    planned = line.cells.get("planned", "")
    if planned and _minutes(planned) is None:
        yield _fault(line, "planned", BadCell.NOT_MINUTES)


def _fault(line: Line, column: str, what: BadCell, meant: tuple[str, ...] = ()) -> Fault:
    value = line.cells.get(column, "")[:SHOWN]
    return Fault(line=line.number, column=column, what=what, value=value, meant=meant)


def _date(cell: str) -> date | None:
    found = _DATE.fullmatch(cell)
    if not found:
        return None
    iso_year, iso_month, iso_day, day, month, year = found.groups()
    try:
        read = date(int(iso_year or year), int(iso_month or month), int(iso_day or day))
    except ValueError:
        return None
    return read if is_plausible(read) else None


def _time(cell: str) -> time | None:
    found = _TIME.fullmatch(cell.casefold())
    try:
        return time(int(found[1]), int(found[2] or 0)) if found else None
    except ValueError:
        return None


def _minutes(cell: str) -> timedelta | None:
    found = _MINUTES.fullmatch(cell.casefold())
    length = timedelta(minutes=int(found[1])) if found else None
    return length if length and timedelta(0) < length <= LONGEST_VISIT else None
