"""For the lead: what came of it, by kind of goal and by service, and among therapists."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.access.asked import Asked
from alongside.outcomes import messages
from alongside.outcomes.queries.report import GOALS, MONTHS, Report, Team, report
from alongside.outcomes.queries.report import team as team_of
from alongside.outcomes.views.asked import Wanted, offered, title, wanted
from alongside.outcomes.views.pictures import drawn, facts
from alongside.rules.outcomes import LEAST, LEAST_OF_ONE


@require_safe
def outcomes(request: Asked) -> HttpResponse:
    """Everybody together, then by kind of goal and by service."""
    asked = wanted(request)
    found = report(
        asked.of,
        today=asked.today,
        months=asked.months,
        zone=request.clinic.zone,
        kinds=messages.kinds(),
        without=messages.without(),
    )
    context = {
        **_about(request, asked, found),
        "kinds": drawn(found.kinds, least=LEAST, with_funnel=False) if found.kinds else None,
        "services": drawn(found.services, least=LEAST) if found.services else None,
        "only_once": messages.few(found.found.only_once),
        "not_yet": messages.few(found.found.not_yet),
        "not_alike": messages.few(found.found.not_alike),
    }
    return render(request, "outcomes/staff/outcomes.html", context)


@require_safe
def team(request: Asked) -> HttpResponse:
    """The same among therapists, in the order of the alphabet; nobody is ranked."""
    asked = wanted(request)
    found = team_of(asked.of, today=asked.today, months=asked.months, zone=request.clinic.zone)
    table = found.therapists
    context = {
        **_about(request, asked, found),
        "therapists": drawn(table, least=LEAST_OF_ONE, people=True) if table else None,
        "nobody": table is not None and not table.shown,
        "least": LEAST_OF_ONE,
    }
    return render(request, "outcomes/staff/team.html", context)


def _about(request: Asked, asked: Wanted, found: Report | Team) -> dict[str, object]:
    return {
        "asked": asked,
        "is_goals": asked.of == GOALS,
        "title": title(asked.of, request.LANGUAGE_CODE),
        "offered": offered(asked, request),
        "spans": MONTHS,
        "first": found.span.first,
        "last": found.span.until - timedelta(days=1),
        "facts": facts(found.whole) if found.whole else (),
        "sentence": messages.of_all(found.whole) if found.whole else messages.too_few(LEAST),
        "whole": found.whole,
        "words": messages.of_pictures(),
    }
