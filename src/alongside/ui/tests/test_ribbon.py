"""The day as a ribbon: every minute at its place."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from alongside.ui.ribbon import Band, Block, BlockState, RibbonLane, ribbon

PARIS = ZoneInfo("Europe/Paris")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=PARIS)


def block(start: datetime, end: datetime, **more) -> Block:
    return Block(
        starts_at=start, ends_at=end, label="Aino", say="Aino", state=BlockState.HERE, **more
    )


def day(*blocks: Block, now: datetime, away=()):
    lane = RibbonLane(label="Mika", blocks=blocks, away=away)
    return ribbon((lane,), opens_at=at(8), closes_at=at(18), now=now)


def test_a_block_stands_at_its_time_and_is_as_wide_as_it_is_long():
    drawn = day(block(at(9), at(9, 30)), now=at(10, 30))
    found = drawn.lanes[0].blocks[0]
    assert (found.x, found.width, drawn.now_x) == ("10.000%", "5.000%", "25.000%")


def test_what_crosses_the_edge_is_cut_and_what_is_outside_left_out():
    drawn = day(block(at(7, 30), at(8, 30)), block(at(19), at(20)), now=at(9))
    assert [(b.x, b.width) for b in drawn.lanes[0].blocks] == [("0.000%", "5.000%")]


def test_there_is_no_now_outside_the_day_shown():
    assert day(now=at(7)).now_x == ""
    assert day(now=at(7)).past == "0.000%"


def test_the_band_says_when_it_will_probably_start():
    band = Band(at(10), at(10, 12), at(10, 30))
    drawn = day(block(at(10, 12), at(11), band=band), now=at(9))
    assert drawn.lanes[0].blocks[0].band == ("20.000%", "5.000%", "22.000%")


def test_hours_are_marked_from_the_first_whole_one():
    drawn = ribbon((), opens_at=at(8, 30), closes_at=at(11), now=at(9))
    assert [hour.astimezone(PARIS).hour for _, hour in drawn.hours] == [9, 10]


def test_the_night_the_clock_goes_back_has_an_hour_more():
    opens = datetime(2026, 10, 25, 0, tzinfo=PARIS)
    closes = datetime(2026, 10, 25, 10, tzinfo=PARIS)
    drawn = ribbon((), opens_at=opens, closes_at=closes, now=opens)
    assert drawn.min_width == "77.0rem"
    local = [hour.astimezone(PARIS).hour for _, hour in drawn.hours]
    assert local == [0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9]


def test_a_day_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends after"):
        ribbon((), opens_at=at(10), closes_at=at(9), now=at(9))
