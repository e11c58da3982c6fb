"""Bad rows are left out, counted and explained; the rest is used."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from alongside.rules.waits.log import LogError, Why, read_log, without_early_birds

from .clinic import HEADER, lines_of, shared_log

PARIS, NEW_YORK = ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York")
GOOD = "1,2026-11-24T09:00,2026-11-24T08:50,2026-11-24T09:10"


def left_out(*rows: str, zone=UTC) -> dict[Why, tuple[int, ...]]:
    return dict(read_log([HEADER, *rows], zone=zone).left_out)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",2026-11-24T09:00,2026-11-24T08:50,2026-11-24T09:10", Why.NO_NAME),
        ("2,,,", Why.NO_TIMES),
        ("2,2026-11-24T09:00,,2026-11-24T09:10", Why.NO_TIMES),
        ("2,yesterday,2026-11-24T08:50,2026-11-24T09:10", Why.NOT_A_TIME),
        ("2,2026-11-24T09:00,2026-11-24T08:50,2026-11-24T08:49", Why.STARTED_BEFORE),
        ("2,2026-11-24T09:00,2026-11-24T08:50,2026-11-25T09:10", Why.OTHER_DAY),
        (GOOD, Why.TWICE),
    ],
)
def test_a_bad_row_is_named_by_its_line_and_the_good_one_is_kept(row, why):
    log = read_log([HEADER, GOOD, row])
    assert dict(log.left_out) == {why: (3,)}
    assert [past.visit for past in log.visits] == ["1"]
    assert log.rows == 2


def test_a_session_that_ends_before_it_starts_is_left_out():
    log = read_log([f"{HEADER},ended_at", f"{GOOD},2026-11-24T09:00"])
    assert dict(log.left_out) == {Why.ENDED_BEFORE: (2,)}


def test_unknown_columns_are_ignored_and_known_ones_read():
    log = read_log([f"{HEADER},weather,therapist,kind", f"{GOOD},rain,Joon,splint"])
    assert (log.visits[0].lane, log.visits[0].kind) == ("Joon", "splint")


def test_a_log_without_a_needed_column_is_refused_with_what_to_do():
    with pytest.raises(LogError, match=r"no column started_at.*must name the columns"):
        read_log(["visit,booked_at,arrived_at"])


def test_a_log_without_booked_times_is_read():
    log = read_log(["visit,arrived_at,started_at", "1,2026-11-24T08:50,2026-11-24T09:10"])
    assert [past.booked_at for past in log.visits] == [None]


def test_of_a_log_without_end_the_latest_are_used_and_the_rest_is_accounted_for():
    lines = lines_of(shared_log(days=4))
    log = read_log([lines[0], *reversed(lines[1:])], most=20)
    assert [past.visit for past in log.visits] == [line.split(",")[0] for line in lines[-20:]]
    assert len(log.left_out[Why.OLD]) == log.rows - 20
    # The control: a log that is short enough is used as a whole.
    assert Why.OLD not in read_log(lines, most=len(lines) - 1).left_out


def test_a_mark_before_the_first_column_is_no_matter():
    assert len(read_log(["\ufeff" + HEADER, GOOD]).visits) == 1


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        (PARIS, "2026-10-25T01:50", "2026-10-25T03:10"),
        (NEW_YORK, "2026-11-01T00:50", "2026-11-01T02:10"),
    ],
)
def test_a_wait_across_the_night_when_an_hour_comes_twice_is_an_hour_longer(zone, before, after):
    log = read_log([HEADER, f"1,{before},{before},{after}"], zone=zone)
    assert log.visits[0].waited == 80 + 60


def test_a_time_in_the_hour_that_comes_twice_is_unclear_unless_it_says_which():
    assert left_out("1,2026-10-25T02:30,2026-10-25T02:20,2026-10-25T03:10", zone=PARIS) == {
        Why.CLOCK_CHANGE: (2,)
    }
    row = "1,2026-10-25T02:30+02:00,2026-10-25T02:50+02:00,2026-10-25T02:05+01:00"
    log = read_log([HEADER, row], zone=PARIS)
    assert log.visits[0].waited == 15


def test_a_time_that_never_was_is_left_out():
    row = "1,2026-03-29T02:30,2026-03-29T02:20,2026-03-29T03:10"
    assert left_out(row, zone=PARIS) == {Why.CLOCK_CHANGE: (2,)}


def test_rows_may_come_in_any_order():
    lines = lines_of(shared_log(days=3))
    moments = [past.arrived_at for past in read_log([lines[0], *reversed(lines[1:])]).visits]
    assert moments == sorted(moments)


def test_arrivals_in_the_night_before_the_clinic_opens_are_left_out():
    lines = lines_of(shared_log(days=10))
    early = "night,2026-09-16T08:00+00:00,2026-09-16T01:00+00:00,2026-09-16T08:05+00:00"
    log = without_early_birds(read_log([*lines, early]), days=7)
    assert len(log.left_out[Why.BEFORE_OPENING]) == 1
    assert len(log.visits) == len(lines) - 1


def test_times_are_kept_as_moments():
    assert read_log([HEADER, GOOD], zone=PARIS).visits[0].booked_at == datetime(
        2026, 11, 24, 8, 0, tzinfo=UTC
    )
