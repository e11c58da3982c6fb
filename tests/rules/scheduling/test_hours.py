"""Opening hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alongside.rules.scheduling.hours import Hours, is_open, open_spans

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = date(2026, 11, 24)
MORNING = Hours(weekday=1, opens=time(8), closes=time(12))
AFTERNOON = Hours(weekday=1, opens=time(13), closes=time(17))


def at(hour: int, minute: int = 0, day: date = TUESDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=PARIS)


def test_a_visit_inside_the_hours_is_open():
    assert is_open([MORNING, AFTERNOON], at(9), at(9, 45), PARIS)


def test_a_visit_over_lunch_or_past_the_end_is_not():
    assert not is_open([MORNING, AFTERNOON], at(11, 30), at(12, 15), PARIS)
    assert not is_open([MORNING, AFTERNOON], at(16, 30), at(17, 15), PARIS)


def test_another_weekday_is_closed():
    wednesday = TUESDAY + timedelta(days=1)
    assert not is_open([MORNING], at(9, day=wednesday), at(10, day=wednesday), PARIS)


def test_stretches_that_touch_are_one():
    late = Hours(weekday=1, opens=time(12), closes=time(17))
    assert is_open([late, MORNING], at(11, 30), at(12, 15), PARIS)
    assert len(open_spans([late, MORNING], TUESDAY, PARIS)) == 1


def test_a_clinic_that_said_nothing_refuses_nothing():
    assert is_open([], at(3), at(4), PARIS)


def test_the_day_is_the_clinics_own_and_not_utcs():
    midnight = Hours(weekday=1, opens=time(0), closes=time(2))
    start = at(0, 30).astimezone(UTC)  # still Monday in UTC
    assert is_open([midnight], start, start + timedelta(minutes=45), PARIS)


def test_on_the_night_with_25_hours_a_stretch_has_its_real_length():
    night = Hours(weekday=6, opens=time(0), closes=time(6))
    (span,) = open_spans([night], date(2026, 10, 25), PARIS)
    assert span.end.astimezone(UTC) - span.start.astimezone(UTC) == timedelta(hours=7)
