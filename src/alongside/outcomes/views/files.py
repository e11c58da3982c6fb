"""Outcomes as files to keep: the rows that the page shows, and no person's."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.outcomes import messages
from alongside.outcomes.actions.keep_file import keep_file
from alongside.outcomes.queries.report import Report, report
from alongside.outcomes.queries.tables import Table
from alongside.outcomes.views.asked import Wanted, wanted
from alongside.rules.outcomes import Figures, Share
from alongside.ui.tables import Column, csv_response, parquet_response

TEXT, DAY, COUNT, NUMBER = "text", "day", "count", "number"
COLUMNS = (
    Column("clinic", TEXT),
    Column("of", TEXT),
    Column("first_day", DAY),
    Column("last_day", DAY),
    Column("by", TEXT),
    Column("group", TEXT),
    Column("people", COUNT),
    Column("before", NUMBER),
    Column("now", NUMBER),
    Column("gain", NUMBER),
    Column("gain_low", NUMBER),
    Column("gain_high", NUMBER),
    Column("gain_sd", NUMBER),
    Column("better", COUNT),
    Column("better_share", NUMBER),
    Column("better_low", NUMBER),
    Column("better_high", NUMBER),
    Column("worse", COUNT),
    Column("worse_share", NUMBER),
    Column("worse_low", NUMBER),
    Column("worse_high", NUMBER),
    Column("on_average", TEXT),
    Column("drawn_gain", NUMBER),
    Column("drawn_low", NUMBER),
    Column("drawn_high", NUMBER),
    Column("in_funnel", TEXT),
)


@require_safe
def as_csv(request: Asked) -> HttpResponse:
    """As CSV, for a spreadsheet."""
    asked = wanted(request)
    rows = _rows(request, asked, "csv")
    return csv_response(_name(asked), [one.name for one in COLUMNS], rows)


@require_safe
def as_parquet(request: Asked) -> HttpResponse:
    """As Parquet, for whoever works it up further: each column keeps its type."""
    asked = wanted(request)
    return parquet_response(_name(asked), COLUMNS, _rows(request, asked, "parquet"))


def _rows(request: Asked, asked: Wanted, shape: str) -> list[list[object]]:
    found = report(
        asked.of,
        today=asked.today,
        months=asked.months,
        zone=request.clinic.zone,
        kinds=messages.kinds(),
        without=messages.without(),
    )
    what: dict[str, object] = {"of": asked.of, "months": asked.months, "as": shape}
    keep_file(what=what, by=request.actor, now=clock.now())
    return rows_of(found, request.clinic.name)


def rows_of(found: Report, clinic: str) -> list[list[object]]:
    """The rows of a file; of a group that may not be shown stands its name alone."""
    last = found.span.until - timedelta(days=1)
    start: list[object] = [clinic, found.of, found.span.first, last]
    rows = [[*start, "all", "", *_figures(found.whole), None, None, None, None]]
    for by, table in (("kind", found.kinds), ("service", found.services)):
        rows += [[*start, by, *row] for row in _table(table)] if table else []
    return rows


def _table(table: Table) -> list[list[object]]:
    drawn = {one.name: one for one in table.beside.family.groups} if table.beside else {}
    stands = table.shares.stands if table.shares else {}
    rows: list[list[object]] = []
    for line in table.lines:
        one, where = drawn.get(line.key), stands.get(line.key)
        side = [one.value, one.low, one.high] if one else [None, None, None]
        rows.append([line.label, *_figures(line.figures), *side, where.value if where else None])
    return rows


def _figures(found: Figures | None) -> list[object]:
    if found is None:
        return [None] * 16
    return [
        found.n,
        found.before,
        found.now,
        found.gain,
        found.low,
        found.high,
        found.spread,
        *_share(found.better),
        *_share(found.worse),
        found.said.value,
    ]


def _share(found: Share | None) -> list[object]:
    return [found.hits, found.share, found.low, found.high] if found else [None] * 4


def _name(asked: Wanted) -> str:
    return f"outcomes-{asked.of}-{_month(asked.today)}-{asked.months}-months"


def _month(today: date) -> str:
    """The last month that is over, as it stands in a file's name."""
    return f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
