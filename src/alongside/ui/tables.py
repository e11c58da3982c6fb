"""How a table leaves the house: as CSV, where no cell can start a formula, and as Parquet."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from itertools import chain
from typing import Any, NamedTuple

from django.http import HttpResponse

from alongside.rules.cells import as_csv


def csv_response(
    name: str, head: Sequence[object], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """Give a table as a file to keep: UTF-8 with a mark, so that accents survive a spreadsheet."""
    text = "\ufeff" + as_csv(chain([head], rows))
    # Half a surrogate pair cannot be written; a sign in its place can.
    answer = HttpResponse(text.encode("utf-8", "replace"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


class Column(NamedTuple):
    """A column of a file that keeps its types: "text", "day", "count" or "number"."""

    name: str
    kind: str


def parquet_response(
    name: str, columns: Sequence[Column], rows: Sequence[Sequence[object]]
) -> HttpResponse:
    """Give a table as a Parquet file to keep; None is a gap."""
    answer = HttpResponse(as_parquet(columns, rows), content_type=PARQUET)
    answer["Content-Disposition"] = f'attachment; filename="{name}.parquet"'
    return answer


PARQUET = "application/vnd.apache.parquet"
EPOCH = date(1970, 1, 1)


def as_parquet(columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> bytes:
    """Write rows as Parquet (zstd); raises ValueError for a row of another length."""
    # Not at the start: few ask for it, and a clinic without its wheel still has its CSV.
    from arro3.core import Table
    from arro3.io import write_parquet

    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    if len(cells) != len(columns):
        raise ValueError(f"{len(columns)} columns, and rows of {len(cells)}.")
    table = Table.from_pydict(
        {
            column.name: _array(column.kind, list(own))
            for column, own in zip(columns, cells, strict=True)
        }
    )
    written = BytesIO()
    write_parquet(table, written, compression="zstd(3)", created_by="alongside")
    return written.getvalue()


def _array(kind: str, cells: list[Any]) -> Any:
    from arro3.core import Array, DataType

    if kind == "day":
        days = [None if one is None else (one - EPOCH).days for one in cells]
        return Array(days, type=DataType.int32()).cast(DataType.date32())
    types = {"text": DataType.utf8(), "count": DataType.int64(), "number": DataType.float64()}
    return Array(cells, type=types[kind])
