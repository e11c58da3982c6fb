"""A measure's picture: one line with its sentence and table."""

from dataclasses import dataclass
from datetime import tzinfo

from django.utils.translation import gettext as _

from alongside.measures import messages
from alongside.measures.queries.fillings import Series
from alongside.ui.charts import Lines, lines
from alongside.ui.charts import Series as Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One measure as a page shows it."""

    series: Series
    shown: str
    band: str
    notes: list[str]
    changes: list[str]
    figure: str
    chart: Lines | None
    points: tuple[Points, ...]


def drawn(series: Series, zone: tzinfo) -> Drawn:
    """Draw a measure; a single result is said and not drawn."""
    found = [
        (one.finished_at.astimezone(zone).date(), one.shown)
        for one in series.fillings
        if one.finished_at and one.shown is not None
    ]
    points = Points(label=series.measure.title, points=tuple(found))
    low, high = _ends(series, [value for _, value in found])
    last = series.last
    changes = []
    if series.since_first is not None:
        changes.append(_("Since the first time: %(change)s") % {
            "change": messages.of_change(series.since_first)
        })  # fmt: skip
    if series.since_last is not None:
        changes.append(_("Since the last time: %(change)s") % {
            "change": messages.of_change(series.since_last)
        })  # fmt: skip
    return Drawn(
        series=series,
        shown=f"{last.shown:g}" if last.shown is not None else "",
        band=messages.band(last.band),
        notes=messages.notes(list(last.said.get("notes", []))),
        changes=changes,
        figure=series.since_first.figure if series.since_first else "",
        chart=lines([points], low=low, high=high) if len(found) > 1 else None,
        points=(points,),
    )


def _ends(series: Series, values: list[float]) -> tuple[float, float]:
    measure = series.measure
    low = measure.low if measure.low is not None else min(values, default=0.0)
    high = measure.high if measure.high is not None else max(values, default=1.0)
    return low, max(high, low + 1)
