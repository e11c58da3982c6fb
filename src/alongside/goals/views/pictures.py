"""A goal's picture: two lines with a sentence beside and a table behind."""

from dataclasses import dataclass
from datetime import tzinfo

from django.utils.translation import gettext as _

from alongside.goals import messages
from alongside.goals.queries.goals import Told
from alongside.rules.goals import by_day
from alongside.ui.charts import Lines, Series, lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One goal as a page shows it."""

    told: Told
    sentence: str
    reached: str
    chart: Lines | None
    series: tuple[Series, ...]


def drawn(told: Told, zone: tzinfo) -> Drawn:
    """Draw a goal; one rating alone is said and not drawn."""
    days = [one.at.astimezone(zone).date() for one in told.ratings]
    going, happy = by_day(told.rated, days)
    series = [Series(label=_("how well it goes"), points=tuple(going))]
    if happy:
        series.append(Series(label=_("how happy I am with it"), points=tuple(happy)))
    return Drawn(
        told=told,
        sentence=messages.how_it_goes(told.progress, zone),
        reached=messages.reached(told.goal.reached_at, zone),
        chart=lines(series, low=0, high=10) if len(going) > 1 else None,
        series=tuple(series),
    )
