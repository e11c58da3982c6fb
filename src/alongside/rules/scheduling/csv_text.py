"""From the bytes of a spreadsheet's CSV file to lines with named cells, or a named fault.

Spreadsheets write UTF-8 with or without a mark, UTF-16 or Windows-1252, and part cells by comma,
semicolon or tab, as the country likes. RFC 4180 is what they should do.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 100
SEPARATORS = ",;\t"

REQUIRED = ("date", "time", "therapist", "kind", "first_name", "last_name")
OPTIONAL = ("number", "email", "mobile", "language", "called", "planned", "room", "asked_for")
COLUMNS = REQUIRED + OPTIONAL
# What French spreadsheets call them.
ALSO = {
    "heure": "time",
    "therapeute": "therapist",
    "type": "kind",
    "seance": "kind",
    "prenom": "first_name",
    "nom": "last_name",
    "numero": "number",
    "courriel": "email",
    "e_mail": "email",
    "portable": "mobile",
    "langue": "language",
    "appele": "called",
    "duree": "planned",
    "minutes": "planned",
    "salle": "room",
    "demande": "asked_for",
}


class BadFile(StrEnum):
    """Why a whole file could not be read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    NOT_TEXT = "not_text"
    NO_COLUMNS = "no_columns"
    COLUMN_TWICE = "column_twice"
    COLUMN_MISSING = "column_missing"


class Unreadable(ValueError):
    """The file cannot be read; `columns` names those that are missing or come twice."""

    def __init__(self, why: BadFile, columns: Sequence[str] = ()) -> None:
        super().__init__(why.value)
        self.why, self.columns = why, tuple(columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the file: the number of its first line (the heading is on line 1), its cells."""

    number: int
    cells: dict[str, str]
    spare: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file that could be read; `ignored` are headings that we do not know."""

    lines: list[Line]
    ignored: list[str] = field(default_factory=list)


def decode(raw: bytes) -> str:
    """Give the text of a file, whatever a spreadsheet wrote it in; raise Unreadable."""
    if len(raw) > LARGEST:
        raise Unreadable(BadFile.TOO_LARGE)
    for encoding in _encodings(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise Unreadable(BadFile.NOT_TEXT)


def _encodings(raw: bytes) -> tuple[str, ...]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    return ("utf-8-sig", "cp1252")


def read_sheet(text: str) -> Sheet:
    """Give the lines under the heading, cells trimmed; raise Unreadable when it is no such list."""
    if not text.strip():
        raise Unreadable(BadFile.EMPTY)
    separator = _separator(text)
    try:
        return _sheet(_records(text, separator))
    except csv.Error:
        raise Unreadable(BadFile.NOT_TEXT) from None


def _separator(text: str) -> str:
    heading = next(line for line in text.splitlines() if line.strip())
    return max(SEPARATORS, key=lambda one: len(set(map(_named, heading.split(one))) & {*COLUMNS}))


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = 0
    for cells in reader:
        number, before = before + 1, reader.line_num
        if any(cell.strip() for cell in cells):
            yield number, cells


def _sheet(records: Iterator[tuple[int, list[str]]]) -> Sheet:
    _, heading = next(records, (0, []))
    names = _heading(heading)
    lines: list[Line] = []
    for number, cells in records:
        if len(lines) == MOST_ROWS:
            raise Unreadable(BadFile.TOO_MANY_ROWS)
        spare = sum(1 for cell in cells[len(names) :] if cell.strip())
        given = dict(zip(names, cells, strict=False))
        known = {name: " ".join(given.get(name, "").split()) for name in names if name in COLUMNS}
        lines.append(Line(number=number, cells=known, spare=spare))
    if not lines:
        raise Unreadable(BadFile.EMPTY)
    ignored = [
        cell.strip()
        for name, cell in zip(names, heading, strict=True)
        if name not in COLUMNS and cell.strip()
    ]
    return Sheet(lines=lines, ignored=ignored)


def _heading(cells: list[str]) -> list[str]:
    names = [_named(cell) for cell in cells]
    known = [name for name in names if name in COLUMNS]
    if len(names) > MOST_COLUMNS or not known:
        raise Unreadable(BadFile.NO_COLUMNS)
    twice = sorted({name for name in known if known.count(name) > 1})
    if twice:
        raise Unreadable(BadFile.COLUMN_TWICE, twice)
    missing = [name for name in REQUIRED if name not in known]
    if missing:
        raise Unreadable(BadFile.COLUMN_MISSING, missing)
    return names


def _named(cell: str) -> str:
    plain = unicodedata.normalize("NFKD", cell.strip().strip('"').casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    name = "_".join(plain.replace("-", " ").replace("_", " ").split())
    return ALSO.get(name, name)
