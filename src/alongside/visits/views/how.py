"""How our waits are worked out: what was learned here, and how well what was told was kept."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.rules.calibration import Band, Promise, came_of, cover_by_hour, kept_by_week
from alongside.rules.ledger import Share
from alongside.rules.waits import Laws
from alongside.ui.charts import Bar, Bars, Series, bars, lines
from alongside.visits.queries.how import Learned, learned, lengths, promises, tenths

DAYS = 90
# Eight in ten is promised; this near to it is as good as it gets with a week's visits.
GOAL = (77.0, 83.0)


@require_safe
def how(request: Asked) -> HttpResponse:
    """Show predicted against real, times kept by week, cover by hour, and the laws as tables."""
    now = clock.now()
    known, told = learned(), promises(request.clinic, now, days=DAYS)
    weeks = _weeks(told)
    context = {
        "known": known,
        "days": DAYS,
        "told": told,
        "learned_words": _learned_words(known),
        "kept_words": _kept_words(told),
        "weeks": weeks,
        "week_chart": lines(weeks, low=0, high=100, goal=GOAL) if told else None,
        "bands": _bands(came_of(told)),
        "hours": _hours(cover_by_hour(told)),
        "lengths": lengths(known.laws),
        "habits": _habits(known.laws),
        "heads": {
            "bands": [_("Told"), _("Came")],
            "hours": [_("Booked at"), _("Inside the range")],
        },
    }
    return render(request, "visits/staff/how.html", context)


def _learned_words(known: Learned) -> str:
    if known.at is None:
        return _(
            "Nothing was learned from your own visits yet. Until there are twenty, the waits "
            "lean on published figures of clinics like yours."
        )
    words = [_("Learned from %(visits)d visits of your own.") % {"visits": known.visits}]
    if known.looks:
        words.append(
            _("What the calculation gets wrong was learned from %(looks)d check-ins.")
            % {"looks": known.looks}
        )
    return " ".join(words)


def _kept_words(told: Sequence[Promise]) -> str:
    kept = Share(hits=sum(one.kept for one in told), n=len(told))
    if kept.share is None:
        return _("Nobody was told a wait and went in during these days yet.")
    return _(
        "The time told at check-in was kept for %(hits)d of %(n)d people: %(percent)d %%. We "
        "promise 8 in 10."
    ) % {"hits": kept.hits, "n": kept.n, "percent": round(100 * kept.share)}


def _weeks(told: Sequence[Promise]) -> tuple[Series, ...]:
    points = tuple(
        (week, 100 * share.share) for week, share in kept_by_week(told) if share.share is not None
    )
    return (Series(label=_("told time kept, %"), points=points),)


def _bands(bands: Iterable[Band]) -> Bars:
    return bars(
        [
            Bar(
                label=_band_words(band),
                value=band.middle,
                shown=_("%(middle)d min (of %(n)d)") % {"middle": round(band.middle), "n": band.n},
                low=band.low,
                high=band.high,
            )
            for band in bands
        ]
    )


def _band_words(band: Band) -> str:
    if band.end is None:
        return _("told %(start)d min or more") % {"start": band.start}
    return _("told %(start)d to %(end)d min") % {"start": band.start, "end": band.end}


def _hours(hours: Iterable[tuple[int, Share]]) -> Bars:
    rows = []
    for hour, share in hours:
        low, high = share.interval or (0.0, 0.0)
        rows.append(
            Bar(
                label=f"{hour}:00",
                value=100 * (share.share or 0.0),
                shown=_("%(hits)d of %(n)d") % {"hits": share.hits, "n": share.n},
                low=100 * low,
                high=100 * high,
            )
        )
    return bars(rows, high=100.0)


def _habits(laws: Laws) -> list[tuple[str, str]]:
    """What else was learned, a sentence each."""
    early, usual, late = (round(value) for value in tenths(laws.punctuality))
    return [
        (
            _("Coming"),
            _("In the middle %(usual)s; 8 in 10 between %(early)s and %(late)s.")
            % {"usual": _late(usual), "early": _late(early), "late": _late(late)},
        ),
        (
            _("Staying away"),
            _("%(percent)d in 100 stay away without a word.")
            % {"percent": round(100 * laws.absence)},
        ),
        (
            _("The first visit of a day"),
            _("Begins %(usual)d minutes after its time, one in ten %(late)d or more.")
            % {
                "usual": round(tenths(laws.first_delay)[1]),
                "late": round(tenths(laws.first_delay)[2]),
            },
        ),
        (
            _("A therapist who is free"),
            _("Begins %(usual)d minutes after the time, one in ten %(late)d or more.")
            % {"usual": round(tenths(laws.begins)[1]), "late": round(tenths(laws.begins)[2])},
        ),
        (
            _("Between two visits"),
            _("%(usual)d minutes pass, in one case of ten %(late)d or more.")
            % {"usual": round(tenths(laws.turnover)[1]), "late": round(tenths(laws.turnover)[2])},
        ),
    ]


def _late(minutes: int) -> str:
    """Say how late somebody comes, or how early."""
    if minutes < 0:
        return _("%(n)d min early") % {"n": -minutes}
    return _("%(n)d min late") % {"n": minutes} if minutes else _("on time")
