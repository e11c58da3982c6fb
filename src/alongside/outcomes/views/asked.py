"""What somebody asks the pages of outcomes for."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.measures.queries.forms import form_of
from alongside.outcomes.queries.began import span_of
from alongside.outcomes.queries.measures import choices
from alongside.outcomes.queries.report import GAS, GOALS, MONTHS, is_known
from alongside.rules.measures import ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Goals or one measure, over so many months."""

    of: str
    months: int
    today: date

    @property
    def query(self) -> str:
        """The same in an address."""
        return urlencode({"of": self.of, "months": self.months})


def wanted(request: Asked) -> Wanted:
    """Read the address; 404 for a measure that there is not."""
    of = request.GET.get("of", GOALS)
    if not is_known(of):
        raise Http404("of")
    months = request.GET.get("months", "")
    return Wanted(
        of=of,
        months=int(months) if months.isdecimal() and int(months) in MONTHS else MONTHS[0],
        today=clock.now().astimezone(request.clinic.zone).date(),
    )


def title(of: str, language: str) -> str:
    """What it is called, in the reader's language where its text is shipped."""
    if of == GOALS:
        return _("Goals: how well it goes, 0 to 10")
    form = form_of(of, language)
    return form.title if form else ALL[of].title


def offered(asked: Wanted, request: Asked) -> list[tuple[str, str]]:
    """What can be chosen: goals, ladders, and the measures that enough people filled in."""
    span = span_of(asked.today, asked.months, request.clinic.zone)
    names = [GOALS, GAS, *(one.measure.name for one in choices(span) if one.measure.name != GAS)]
    if asked.of not in names:
        names.append(asked.of)
    return [(name, title(name, request.LANGUAGE_CODE)) for name in names]
