"""Play the days before the demo's morning, so that the ledger has something true to show."""

from datetime import date, datetime, timedelta

from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic
from alongside.demo.actions.build import CLOSES, DAY, HISTORY_DAYS, OPENS, working_days
from alongside.demo.day import go_on, visits_for
from alongside.visits.actions.learn import learn_now
from alongside.visits.actions.work_out import work_out

MINUTE = timedelta(minutes=1)
STEP = 2 * MINUTE
BEGINS_AT = (10, 12)


def play_until_now(clinic: Clinic) -> datetime:
    """Live the last working days and this morning; give the moment at which the demo begins."""
    begins = datetime(DAY.year, DAY.month, DAY.day, *BEGINS_AT, tzinfo=clinic.zone)
    with working_in(clinic):
        for day in working_days(HISTORY_DAYS, before=DAY):
            _play(clinic, day, until=_at(clinic, day, CLOSES) + 60 * MINUTE)
        learn_now(_at(clinic, DAY, OPENS) - 5 * 60 * MINUTE)
        _play(clinic, DAY, until=begins)
    return begins


def _play(clinic: Clinic, day: date, *, until: datetime) -> None:
    moment = _at(clinic, day, OPENS) - 40 * MINUTE
    today = visits_for(clinic, day)
    while moment <= until:
        go_on(today, clinic, moment)
        if any(visit.is_waiting for visit in today):
            work_out(moment)
        moment += STEP
    work_out(until)


def _at(clinic: Clinic, day: date, time_of_day: object) -> datetime:
    return datetime.combine(day, time_of_day, clinic.zone)  # type: ignore[arg-type]
