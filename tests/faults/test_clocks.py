"""The clocks change, and the computer's own clock jumps: every wait is as long as it was."""

import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from conftest import NOW, book_for
from django.db import models
from django.utils.module_loading import import_string
from icalendar import Calendar
from scripts.figures import Figure, tell

from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic
from alongside.clinics.scoped import OfClinic
from alongside.live.actions.lease import take_lease
from alongside.live.models import Lease
from alongside.messaging.models import Message
from alongside.parts import registry
from alongside.rules.ledger import Waited, Word
from alongside.rules.scheduling.clock_times import NoSuchTime, instant
from alongside.rules.scheduling.series import weekly
from alongside.rules.waits.past import Past
from alongside.rules.waits.telling import Telling, next_telling
from alongside.visits.actions import move_on
from alongside.visits.actions.check_in import check_in
from alongside.visits.messages.calendar import invitation
from alongside.visits.models import Channel, Told, Visit
from alongside.visits.queries.ledger import lines
from tests.faults.nights import YEAR, ZONES, Night, changes, nights, off_by

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
MANY = 10_000 if FULL else 800
HOUR = timedelta(hours=1)


@dataclass
class Found:
    """How far the product was from the truth, and what was below zero."""

    computed: int = 0
    worst: float = 0.0
    below_zero: int = 0
    wrong: Counter = field(default_factory=Counter)

    def length(self, what: str, found: timedelta | None, true: int) -> None:
        off = off_by(found, true)
        self.computed += 1
        self.worst = max(self.worst, off)
        # "How early" may be below zero, and then is so in truth.
        self.below_zero += found is not None and found < timedelta(0) <= timedelta(seconds=true)
        self.wrong[what] += off > 1

    def same(self, what: str, found: object, true: object) -> None:
        self.computed += 1
        self.wrong[what] += found != true


def visit_of(night: Night, on_the_wall: bool) -> Visit:
    """A visit as it is in memory: with moments in UTC, or in the clinic's own zone."""
    zone = night.zone if on_the_wall else None
    with mock.patch.object(OfClinic, "save"):
        visit = Visit(
            clinic=Clinic(zone_name=night.zone.key, name="Harbour Street"),
            booked_at=night.at(night.booked, zone),
            planned=timedelta(seconds=night.planned),
            arrived_at=night.at(night.arrived, zone),
            started_at=night.at(night.started, zone),
        )
        visit.save()
    return visit


def look(night: Night, on_the_wall: bool, found: Found, *, also_calendar: bool) -> None:
    """Ask the product for everything it works out of a visit's moments."""
    visit = visit_of(night, on_the_wall)
    zone = night.zone if on_the_wall else None
    until, by = night.at(night.started, zone), night.at(night.by, zone)
    found.length("since check-in", visit.waited(until=until), night.since_check_in)
    found.length("past the time", visit.waited_past_time(until=until), night.past_time)
    visit.started_at = None
    found.length("waiting now", visit.waited(until=until), night.since_check_in)
    found.length("past the time now", visit.waited_past_time(until=until), night.past_time)
    found.same("the end", visit.ends_at.timestamp(), night.booked + night.planned)
    found.same("the day", visit.day, night.at(night.booked, night.zone).date())
    word = Word(reached_at=night.at(night.told, zone), by=by)
    line = Waited(
        booked_at=visit.booked_at, arrived_at=visit.arrived_at, started_at=until, words=(word,)
    )
    found.length("ledger: since check-in", line.since_check_in, night.since_check_in)
    found.length("ledger: past the time", line.past_time, night.past_time)
    found.same("ledger: kept", line.first_kept, night.started <= night.by)
    found.same("ledger: silent", line.was_silent, night.by < night.started)
    past = Past(visit="a", booked_at=visit.booked_at, arrived_at=visit.arrived_at, started_at=until)
    learned = timedelta(minutes=past.waited) if past.waited is not None else None
    found.length("what is learned from", learned, night.since_check_in)
    found.length("how early", timedelta(minutes=past.early), night.booked - night.arrived)
    told = Telling(
        low=timedelta(0), high=timedelta(seconds=night.by - night.told), by=by,
        likely=timedelta(minutes=5), told_at=night.at(night.told, zone),
    )  # fmt: skip
    found.same("told holds", told.holds(until), night.started <= night.by)
    if also_calendar:
        event = Calendar.from_ical(invitation([visit], link="https://x", now=until)).walk("VEVENT")
        found.same("calendar: start", event[0]["dtstart"].dt.timestamp(), night.booked)
        ends = night.booked + night.planned
        found.same("calendar: end", event[0]["dtend"].dt.timestamp(), ends)


def by_the_wall(night: Night) -> float:
    """The control: how far off a wait is that is taken in the clinic's zone."""
    wall = night.at(night.started, night.zone) - night.at(night.arrived, night.zone)
    return wall.total_seconds() - night.since_check_in


def test_every_wait_is_as_long_as_it_was(engine: str):
    if engine == "PostgreSQL":
        pytest.skip("no database is asked: once is enough")
    found, control, worst, negative = Found(), 0, 0.0, 0
    for name in ZONES:
        for number, night in enumerate(nights(name, MANY)):
            look(night, bool(number % 4 // 2), found, also_calendar=number % 50 < 4)
            off = by_the_wall(night)
            control += abs(off) > 1
            worst = max(worst, abs(off))
            negative += night.since_check_in + off < 0
    wrong = sum(found.wrong.values())
    tell(
        Figure(
            name="clocks-change",
            chapter="Clocks",
            fault="the clocks change while somebody waits",
            tried=f"{MANY:,} visits in each of {len(ZONES)} zones around both changes of {YEAR}: "
            f"{found.computed:,} lengths and moments (both wait clocks, told times, ledger, "
            "calendar files, the end of a visit) against seconds since 1970",
            figure=f"{wrong} wrong, {found.below_zero} waits below zero, {found.worst:.0f} s off "
            "at most",
            asked="0, 0, at most 1 s",
            met=not wrong and found.worst <= 1,
            control=f"taken by the clock on the wall {control:,} waits are wrong, by up to "
            f"{worst / 60:.0f} min, {negative:,} of them below zero",
            command="make faults ARGS='-k clocks'",
        )
    )
    assert +found.wrong == Counter()
    assert found.worst <= 1
    assert found.below_zero == 0
    assert control > 0
    assert negative > 0


def test_the_control_errs_as_we_know_it_does():
    """In at 2:50, called at 2:05 when the hour comes again: a quarter of an hour, not minus 45."""
    paris = ZoneInfo("Europe/Paris")
    arrived = datetime(2026, 10, 25, 2, 50, tzinfo=paris)
    started = datetime(2026, 10, 25, 2, 5, tzinfo=paris, fold=1)
    assert started - arrived == timedelta(minutes=-45)
    visit = Visit(booked_at=arrived, arrived_at=arrived, started_at=started)
    assert visit.waited(until=started) == visit.waited_past_time(until=started) == (
        timedelta(minutes=15)
    )  # fmt: skip


@pytest.mark.parametrize("name", ZONES)
def test_a_series_keeps_its_time_on_the_wall(name: str):
    """Weekly over a change: the same time each week, or a plain refusal of what does not exist."""
    zone = ZoneInfo(name)
    for change in changes(zone):
        day = datetime.fromtimestamp(change, zone).date() - timedelta(weeks=3)
        for quarter in range(96):
            at = time(quarter // 4, quarter % 4 * 15)
            for one in weekly(day, 8):
                wall = datetime.combine(one, at)
                seconds = _seconds_of(wall, zone, change)
                if not seconds:
                    with pytest.raises(NoSuchTime):
                        instant(one, at, zone)
                    continue
                assert instant(one, at, zone).timestamp() == seconds[0]


def _seconds_of(wall: datetime, zone: ZoneInfo, change: int) -> list[int]:
    """Every second at which the clock on the wall shows this, by trying the offsets of both."""
    offsets = {datetime.fromtimestamp(change + by, zone).utcoffset() for by in (-7200, 7200)}
    found = {int((wall.replace(tzinfo=UTC) - offset).timestamp()) for offset in offsets}
    return sorted(s for s in found if datetime.fromtimestamp(s, zone).replace(tzinfo=None) == wall)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Europe/Paris", "Australia/Lord_Howe"])
def test_visits_of_the_hour_that_comes_twice_stand_in_their_order(name, harbour, amara, joon):
    zone = ZoneInfo(name)
    harbour.zone_name = name
    harbour.save()
    back = max(changes(zone), key=lambda at: _goes_back(at, zone))
    with working_in(harbour):
        for number in range(12):
            start = datetime.fromtimestamp(back + (number * 7 % 12 - 6) * 600, zone)
            book_for(amara, joon, start, planned=timedelta(minutes=10))
        listed = [visit.booked_at.timestamp() for visit in Visit.objects.in_order()]
    assert listed == sorted(listed) == [back + (n - 6) * 600 for n in range(12)]
    # The negative control: by the wall they are in another order.
    walls = [datetime.fromtimestamp(one, zone).replace(tzinfo=None) for one in listed]
    assert walls != sorted(walls)


def _goes_back(at: int, zone: ZoneInfo) -> timedelta:
    before, after = (datetime.fromtimestamp(at + by, zone).utcoffset() for by in (-60, 60))
    return before - after


def every_errand(clinic: Clinic) -> None:
    """Do what the day's clock does by itself: look ahead, tell, remind."""
    for part in registry.every():
        for dotted in part.errands:
            if dotted.startswith("alongside.visits.actions"):
                with working_in(clinic):
                    import_string(dotted)(clock.now())


@pytest.mark.django_db
def test_a_clock_that_jumps_an_hour_reminds_once_and_no_wait_is_below_zero(
    harbour, amara, luc, joon, acting
):
    soon, tomorrow = NOW + timedelta(minutes=30), NOW + timedelta(hours=23)
    try:
        with working_in(harbour):
            visit = book_for(luc, joon, soon, reminded_at=NOW)
            book_for(amara, joon, tomorrow)
        moments = [NOW, NOW - HOUR, NOW, NOW + HOUR, NOW - HOUR, NOW + timedelta(minutes=5)]
        for moment in moments:
            clock.shift(moment, speed=0)
            every_errand(harbour)
        with working_in(harbour):
            reminders = Message.objects.filter(template__contains="reminder").count()
        clock.shift(NOW + timedelta(minutes=20), speed=0)
        with working_in(harbour):
            by = acting.staff(joon)
            check_in(Visit.objects.get(pk=visit.pk), by=by, channel=Channel.DESK, now=clock.now())
        clock.shift(NOW - timedelta(minutes=40), speed=0)
        every_errand(harbour)
        with working_in(harbour):
            waiting = Visit.objects.get(pk=visit.pk)
            waits = [waiting.waited(until=clock.now()), waiting.waited_past_time(until=clock.now())]
            move_on.start(waiting, by=by, now=clock.now())
            (line,) = lines(NOW.date(), NOW.date())
            waits += [line.waited.since_check_in, line.waited.past_time]
            tellings = Told.objects.filter(visit=visit).count()
    finally:
        clock.reset()
    below = sum(wait < timedelta(0) for wait in waits)
    tell(
        Figure(
            name="clock-jumps",
            chapter="Clocks",
            fault="the computer's clock jumps an hour back and forward",
            tried="six jumps while the clinic's errands run; somebody checks in, the clock goes "
            "back an hour, they go in",
            figure=f"{reminders} reminder, {below} of {len(waits)} waits below zero",
            asked="1 reminder, 0 below zero",
            met=reminders == 1 and not below,
            control="the moments themselves: minus 60 min",
            command="make test",
        )
    )
    assert reminders == 1
    assert waits == [timedelta(0)] * 4
    assert tellings >= 1
    # The negative control: the moments on record are an hour in the wrong order.
    assert line.visit.started_at - line.visit.arrived_at == -HOUR


@pytest.mark.django_db
def test_a_lease_from_a_clock_that_was_put_back_holds_up_nobody():
    length = timedelta(seconds=7)
    assert take_lease("errands", holder="killed", length=length)
    assert not take_lease("errands", holder="next", length=length)
    Lease.objects.update(until=models.F("until") + HOUR)
    assert take_lease("errands", holder="next", length=length)


def test_a_told_time_is_told_anew_before_it_passes_across_the_change():
    """Half an hour before it passes by the world's clock nothing is due; just before, it is."""
    paris = ZoneInfo("Europe/Paris")
    told_at = datetime(2026, 10, 25, 2, 40, tzinfo=paris)
    by = told_at.astimezone(UTC) + timedelta(minutes=60)
    told = Telling(
        low=timedelta(0), high=HOUR, by=by.astimezone(paris), likely=timedelta(minutes=40),
        told_at=told_at,
    )  # fmt: skip

    class Same:
        quantiles = tuple(timedelta(minutes=10 + n) for n in range(9))
        likely = timedelta(minutes=14)
        by = timedelta(minutes=17)
        high = timedelta(minutes=18)

    assert next_telling(Same, told=told, now=by - timedelta(minutes=26)) is None
    assert next_telling(Same, told=told, now=by) is not None
