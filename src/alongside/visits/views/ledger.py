"""The wait: what was told, beside what came."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.ui.charts import Bar, Bars, Series, bars, lines
from alongside.ui.tables import csv_response
from alongside.visits.messages.wait import minutes_of
from alongside.visits.queries.day import today_in
from alongside.visits.queries.ledger import Group, Ledger, last_days, ledger
from alongside.visits.queries.ledger import lines as lines_of

SPANS = (1, 7, 28, 90)
MOST_LINES = 200


def the_wait(request: Asked) -> HttpResponse:
    """The ledger of told waits for a day, a week, four weeks or a quarter."""
    now = clock.now()
    span = _span(request)
    found = ledger(*last_days(today_in(request.clinic, now), span))
    by_day = _by_day(found)
    shown = lines_of(found.first, found.last, most=MOST_LINES)
    clients = {line.visit.client_id for line in shown}
    record_seen("visits.see_ledger", clients, by=request.actor, now=now)
    context = {
        "ledger": found,
        "lines": shown,
        "left_out": found.whole.n - len(shown),
        "span": span,
        "spans": SPANS,
        "sentence": _sentence(found),
        "by_day": by_day,
        "day_chart": lines(by_day, low=0, high=100, goal=(80, 100)) if by_day else None,
        "therapists": _bars(found.by_therapist),
        "kinds": _bars(found.by_kind),
        "now": now,
    }
    return render(request, "visits/staff/ledger.html", context)


def the_wait_csv(request: Asked) -> HttpResponse:
    """Every told wait as a table to keep; codes instead of names."""
    first, last = last_days(today_in(request.clinic, clock.now()), _span(request))
    zone = request.clinic.zone
    found = lines_of(first, last)[::-1]
    head = [
        "visit",
        "day",
        "therapist",
        "kind",
        "code",
        "booked_at",
        "arrived_at",
        "started_at",
        "told_at",
        "low_min",
        "high_min",
        "by",
        "reason",
        "channels",
        "reached_at",
        "wait_min",
        "past_time_min",
        "kept_by",
    ]
    rows = [
        [
            line.visit.pk,
            line.visit.day,
            line.visit.therapist.short_name,
            line.visit.kind.name,
            line.visit.code,
            *(
                _local(moment, zone)
                for moment in (
                    line.visit.booked_at,
                    line.waited.arrived_at,
                    line.waited.started_at,
                    told.told_at,
                )
            ),
            minutes_of(told.low),
            minutes_of(told.high),
            _local(told.by, zone),
            told.reason,
            " ".join(told.channels),
            _local(told.reached_at, zone),
            round(line.waited.since_check_in.total_seconds() / 60, 1),
            round(line.waited.past_time.total_seconds() / 60, 1),
            "yes" if line.waited.started_at <= told.by else "no",
        ]
        for line in found
        for told in line.told
    ]
    now = clock.now()
    clients = {line.visit.client_id for line in found}
    record_seen("visits.export_ledger", clients, by=request.actor, now=now)
    return csv_response(f"the-wait-{first}-{last}", head, rows)


def _span(request: Asked) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked.isdecimal() and int(asked) in SPANS else 7


def _local(moment: object, zone: object) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else ""  # type: ignore[attr-defined]


def _sentence(found: Ledger) -> str:
    whole = found.whole
    if not whole.n:
        return _("Nobody has come in during these days yet.")
    past = whole.ten_past_time
    return _(
        "Of %(n)d people, %(ten)d went in within ten minutes of their time. The time told at "
        "check-in was kept for %(kept)d of %(told)d."
    ) % {"n": whole.n, "ten": past.hits, "kept": whole.kept.hits, "told": whole.kept.n}


def _by_day(found: Ledger) -> tuple[Series, ...]:
    ten = _percents((g.label, g.figures.ten_past_time.share) for g in found.by_day)
    kept = _percents((g.label, g.figures.kept.share) for g in found.by_day)
    if not ten:
        return ()
    return (
        Series(label=_("in within ten minutes of their time, %"), points=ten),
        Series(label=_("told time kept, %"), points=kept),
    )


def _percents(shares: Iterable[tuple[object, float | None]]) -> tuple[tuple[date, float], ...]:
    return tuple(
        (day, 100 * share) for day, share in shares if isinstance(day, date) and share is not None
    )


def _bars(groups: Iterable[Group]) -> Bars:
    rows = []
    for group in groups:
        ten = group.figures.ten_past_time
        low, high = ten.interval or (0.0, 0.0)
        said = _("%(hits)d of %(n)d") % {"hits": ten.hits, "n": ten.n}
        share = 100 * (ten.share or 0.0)
        rows.append(
            Bar(label=str(group.label), value=share, shown=said, low=100 * low, high=100 * high)
        )
    return bars(rows, high=100.0)
