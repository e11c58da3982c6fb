"""A table as CSV in which no cell can start a formula, however a spreadsheet takes it apart.

OWASP, "CSV injection": = + - @, tab and return start a formula, in full width too. A spreadsheet
skips marks that nobody sees (a byte order mark, blanks, a stray quote); and one that expects
semicolons, as in France, begins a new cell after each `;`. Both are looked through. A leading
apostrophe makes a cell text; `as_it_was` takes it off again, so that nothing is lost.
"""

import csv
import math
import re
from collections.abc import Iterable, Sequence
from io import StringIO

STARTS = "=+-@＝＋－＠﹢﹣﹦﹫−"
BREAKS = "\t\r\n"
# Skipped by a spreadsheet before it looks whether this is a formula.
UNSEEN = " '\"\u00a0\u00ad\u200b\u200c\u200d\u2060\u3000\ufeff\0"
PARTED = re.compile(r"([\t\r\n])")


def safe(cell: object) -> str:
    """Write a cell as text that stays text; a number stays a number."""
    if cell is None:
        return ""
    if isinstance(cell, int | float) and math.isfinite(cell):
        return str(cell)
    return ";".join(_safe(part) for part in str(cell).split(";"))


def as_it_was(cell: str) -> str:
    """Give back what `safe` was given, of a text that it wrote."""
    return ";".join(_as_it_was(part) for part in cell.split(";"))


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Give rows as the text of a CSV file (RFC 4180), every cell safe."""
    text = StringIO()
    csv.writer(text).writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def _safe(part: str) -> str:
    """Write what may become a cell of its own, and what stands in it after a tab or a new line."""
    first, *others = PARTED.split(part)
    whole = first + "".join(_marked(piece) for piece in others)
    return f"'{whole}" if _is_formula(whole, STARTS + BREAKS) else whole


def _as_it_was(part: str) -> str:
    if part.startswith("'") and _is_formula(part[1:], STARTS + BREAKS):
        part = part[1:]
    first, *others = PARTED.split(part)
    return first + "".join(_bare(piece) for piece in others)


def _is_formula(text: str, starts: str) -> bool:
    seen = text.lstrip(UNSEEN)
    return bool(seen) and seen[0] in starts


def _marked(piece: str) -> str:
    return f"'{piece}" if _is_formula(piece, STARTS) else piece


def _bare(piece: str) -> str:
    is_marked = piece.startswith("'") and _is_formula(piece[1:], STARTS)
    return piece[1:] if is_marked else piece
