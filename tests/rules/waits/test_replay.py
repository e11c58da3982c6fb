"""A log lived through: in order of time, never knowing what comes."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

import numpy as np
import pytest

from alongside.rules.waits import Past, Telling, living
from alongside.rules.waits.living import Settings
from alongside.rules.waits.log import Log, read_log
from alongside.rules.waits.record import picture
from alongside.rules.waits.replay import Prediction, Report, replay

from .clinic import HEADER, OPENS, lines_of, listed_log, minutes, shared_log

QUICK = Settings(futures=60, record_futures=30, every=10)
DAYS = 20
LOG = shared_log(days=DAYS)
NOON = OPENS + timedelta(days=17, minutes=200)


def as_log(visits: list[Past]) -> Log:
    ordered = sorted(visits, key=lambda past: past.arrived_at or OPENS)
    return Log(visits=tuple(ordered), rows=len(visits))


def rewritten(log: list[Past]) -> list[Past]:
    """Everything after noon of the 18th day otherwise: who comes, when, and when they start."""
    bits = np.random.default_rng(5)
    other = []
    for past in log:
        if past.arrived_at and past.arrived_at > NOON:
            late = minutes(float(bits.integers(0, 50)))
            past = replace(
                past,
                booked_at=(past.booked_at or OPENS) + minutes(float(bits.integers(-60, 60))),
                arrived_at=past.arrived_at + late,
                started_at=past.arrived_at + late + minutes(float(bits.integers(0, 150))),
            )
        elif past.started_at and past.started_at > NOON:
            past = replace(past, started_at=NOON + minutes(float(bits.integers(1, 150))))
        other.append(past)
    return other


@cache
def lived_log() -> Report:
    return replay(as_log(LOG), settings=QUICK)


def told_before_noon(log: list[Past]) -> list[Prediction]:
    early = {past.visit for past in log if past.arrived_at and past.arrived_at <= NOON}
    report = lived_log() if log is LOG else replay(as_log(log), settings=QUICK)
    return [told for told in report.predictions if told.visit in early]


def test_what_comes_later_changes_nothing_that_was_told():
    told = told_before_noon(LOG)
    assert len(told) > 40
    assert told == told_before_noon(rewritten(LOG))


def test_an_engine_that_peeks_is_caught(monkeypatch):
    """The control: one that sees everybody of the day, come or not, fails the test above."""

    def peeking(visits, laws, *, now, zone):
        seen = picture(visits, laws, now=now, zone=zone)
        later = [past for past in LEAK if past.arrived_at and past.arrived_at.date() == now.date()]
        ahead = picture(later, laws, now=now + timedelta(hours=1), zone=zone)
        known = {visit.id for visit in seen.visits}
        return replace(
            seen, visits=seen.visits + tuple(v for v in ahead.visits if v.id not in known)
        )

    monkeypatch.setattr(living, "picture", peeking)
    other = rewritten(LOG)
    early = {told.visit for told in told_before_noon(LOG)}
    LEAK[:] = LOG
    one = replay(as_log(LOG), settings=QUICK).predictions
    LEAK[:] = other
    two = replay(as_log(other), settings=QUICK).predictions
    assert [told for told in one if told.visit in early] != [
        told for told in two if told.visit in early
    ]


LEAK: list[Past] = []


def test_the_engine_beats_all_three_baselines_on_a_clinic_that_runs_late():
    report = lived_log()
    assert report.engine is not None
    assert report.told > 80
    for baseline in report.baselines.values():
        assert report.engine.mae < baseline.mae
        assert report.engine.pinball < baseline.pinball


def test_therapists_with_their_own_lists_are_told_too():
    report = replay(as_log(listed_log(days=12)), settings=QUICK)
    assert report.engine is not None
    assert all(report.engine.pinball < b.pinball for b in report.baselines.values())
    assert report.silent_overruns == 0


def test_no_told_time_passes_in_silence():
    report = lived_log()
    assert report.silent_overruns == 0
    assert report.updates_per_visit is not None


def test_without_the_guard_it_would():
    """The control: a policy that never speaks again lets told times pass."""

    def mute(seen, *, told: Telling, now) -> None:
        return None

    assert replay(as_log(LOG), settings=QUICK, policy=mute).silent_overruns > 0


def test_the_same_seed_tells_the_same():
    one, two = (replay(as_log(LOG[:200]), settings=QUICK) for _ in range(2))
    assert one.predictions == two.predictions


def test_three_rows_are_told_from_what_is_believed_on_day_one():
    report = replay(read_log(lines_of(LOG[:3])), settings=QUICK)
    assert report.told == 3
    assert report.learned == 0
    assert report.baselines == {}


@pytest.mark.parametrize("lines", [[HEADER], [HEADER, "", ",,,"]])
def test_an_empty_log_tells_nothing_and_says_so(lines):
    report = replay(read_log(lines), settings=QUICK)
    assert report.told == 0
    assert report.engine is None


def test_who_never_started_is_seen_waiting_but_not_scored():
    left = [
        replace(past, started_at=None) if number % 7 == 0 else past
        for number, past in enumerate(LOG[:200])
    ]
    report = replay(as_log(left), settings=QUICK)
    assert 0 < report.told < 60
