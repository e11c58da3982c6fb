"""Nobody's pocket rings at night, on the two odd nights of the year either."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.rules.letters.quiet_hours import is_quiet, next_allowed

PARIS = ZoneInfo("Europe/Paris")
NIGHT = {"quiet_from": time(20), "quiet_to": time(8), "zone": PARIS}


def at(text: str, zone: ZoneInfo = PARIS) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        ("2026-11-24 10:12", "2026-11-24 10:12"),
        ("2026-11-24 19:59", "2026-11-24 19:59"),
        ("2026-11-24 20:00", "2026-11-25 08:00"),
        ("2026-11-24 23:59", "2026-11-25 08:00"),
        ("2026-11-25 00:00", "2026-11-25 08:00"),
        ("2026-11-25 07:59", "2026-11-25 08:00"),
        ("2026-11-25 08:00", "2026-11-25 08:00"),
        # The last evening of a month, and the eve of the 25th of October: eight by the wall clock.
        ("2026-11-30 21:00", "2026-12-01 08:00"),
        ("2026-10-24 21:00", "2026-10-25 08:00"),
        ("2026-03-28 21:00", "2026-03-29 08:00"),
    ],
)
def test_a_message_waits_for_the_morning(moment, goes):
    assert next_allowed(at(moment), **NIGHT) == at(goes)


def test_the_night_of_25_october_is_an_hour_longer_and_that_of_29_march_an_hour_shorter():
    for evening, hours in (("2026-10-24 21:00", 12), ("2026-03-28 21:00", 10)):
        waits = next_allowed(at(evening), **NIGHT) - at(evening).astimezone(UTC)
        assert waits == timedelta(hours=hours)


def test_hours_within_a_day_are_quiet_too():
    nap = {"quiet_from": time(12), "quiet_to": time(14), "zone": PARIS}
    assert next_allowed(at("2026-11-24 12:30"), **nap) == at("2026-11-24 14:00")
    assert next_allowed(at("2026-11-24 20:30"), **nap) == at("2026-11-24 20:30")


def test_equal_times_mean_no_quiet_hours():
    never = {"quiet_from": time(8), "quiet_to": time(8), "zone": PARIS}
    assert next_allowed(at("2026-11-24 03:00"), **never) == at("2026-11-24 03:00")


def test_it_is_the_clinics_clock_that_counts():
    toronto = ZoneInfo("America/Toronto")
    late_in_paris = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
    assert is_quiet(late_in_paris, **NIGHT)
    assert not is_quiet(late_in_paris, **{**NIGHT, "zone": toronto})


ZONES = some.sampled_from(
    [ZoneInfo(name) for name in ("Europe/Paris", "America/Toronto", "Australia/Lord_Howe", "UTC")]
)
TIMES = some.times(timezones=some.none()).map(lambda clock: clock.replace(second=0, microsecond=0))
MOMENTS = some.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31), timezones=some.just(UTC)
)


@given(MOMENTS, TIMES, TIMES, ZONES)
def test_a_message_never_goes_before_it_was_written_nor_a_day_and_an_hour_later(a, f, t, zone):
    goes = next_allowed(a, quiet_from=f, quiet_to=t, zone=zone)
    assert a <= goes <= a + timedelta(hours=25)


@given(MOMENTS, ZONES)
def test_a_message_never_goes_in_quiet_hours(a, zone):
    night = {"quiet_from": time(20), "quiet_to": time(8), "zone": zone}
    assert not is_quiet(next_allowed(a, **night), **night)


@given(some.integers(0, 180), some.sampled_from(["2026-10-25", "2026-03-29"]))
def test_hours_that_end_inside_the_change_of_the_clocks_still_end(minute, day):
    odd = {"quiet_from": time(22), "quiet_to": time(2, 30), "zone": PARIS}
    moment = at(f"{day} 00:30").astimezone(UTC) + timedelta(minutes=minute)
    goes = next_allowed(moment, **odd)
    assert moment <= goes
    assert not is_quiet(goes, **odd)
