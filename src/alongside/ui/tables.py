"""The one way a table leaves the house as CSV: no cell can start a formula in a spreadsheet."""

from collections.abc import Iterable, Sequence
from itertools import chain

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
