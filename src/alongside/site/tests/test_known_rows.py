"""SQLite counts its rows now and then, and then asks by the index that narrows."""

import time
from datetime import timedelta

import pytest
from django.db import connection

from alongside.clinics.scoped import new_key
from alongside.goals.models import Goal, Rating
from alongside.site import errands, known_rows
from alongside.site.known_rows import KnownRows, count_rows

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL counts its rows by itself"
    ),
]


@pytest.fixture
def many_ratings(here, amara, now) -> Goal:
    """One clinic's ratings of many goals; gives one of the goals."""
    goals = Goal.objects.bulk_create(
        Goal(clinic=here, client=amara, words="x", written_at=now, written_by="Amara")
        for _ in range(120)
    )
    Rating.objects.bulk_create(
        Rating(id=new_key(), clinic=here, goal=goal, at=now + timedelta(days=n), going=n, by="x")
        for goal in goals
        for n in range(8)
    )
    return goals[7]


def how_asked(goal: Goal) -> str:
    return str(Rating.objects.filter(goal__in=[goal.pk, new_key(), new_key()]).explain())


def test_a_goals_ratings_are_found_by_the_goal_once_rows_were_counted(many_ratings):
    count_rows()
    assert "goal_id=?" in how_asked(many_ratings)


def test_before_that_it_looks_through_the_whole_clinic(many_ratings):
    """The negative control: without counting, the index of the clinic looks as narrow."""
    assert "clinic_id=?" in how_asked(many_ratings)


def test_rows_are_counted_at_the_start_and_then_once_an_hour(monkeypatch):
    counted, clock = [], [10_000.0]
    monkeypatch.setattr(known_rows, "count_rows", lambda: counted.append(clock[0]))
    monkeypatch.setattr(known_rows.time, "monotonic", lambda: clock[0])
    known = KnownRows()
    for minutes in (0, 1, 59, 61, 62):
        clock[0] = 10_000 + 60 * minutes
        known.look()
    assert counted == [10_000, 10_000 + 3660]


def test_a_round_without_a_loop_counts_too(monkeypatch):
    counted = []
    monkeypatch.setattr(errands, "count_rows", lambda: counted.append(1))
    monkeypatch.setattr(errands, "due", lambda *_, **__: [])
    errands.run_once()
    assert counted == [1]


def test_counting_again_costs_nothing(many_ratings):
    count_rows()
    began = time.perf_counter()
    count_rows()
    assert time.perf_counter() - began < 0.5
