"""The book is written in turn; that every other test is watched for it, is seen to find who is not.

What eight desks make of it at once: tests/faults/test_double_booking.py.
"""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from alongside.clinics.models import VisitKind
from alongside.people.models import Client
from alongside.visits.actions import guard, mood, step
from alongside.visits.actions.book import book_visit
from alongside.visits.actions.mood import say_mood
from alongside.visits.actions.not_here import did_not_come
from alongside.visits.actions.series import book_series
from alongside.visits.models import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


@pytest.fixture(autouse=True)
def _on_postgres():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time by itself")


@pytest.fixture
def book(amara, joon, dee, acting, now):
    """Book Amara with Joon at two o'clock, once or on several days."""
    kind, by, at = VisitKind.objects.get(name="Visit"), acting.staff(dee), now.replace(hour=14)

    def _book(days=1):
        how = {"by": by, "now": now, "confirm": False}
        if days == 1:
            return book_visit(amara, joon, kind, at, **how)
        return book_series(amara, joon, kind, [at + timedelta(days=n) for n in range(days)], **how)

    return _book


def test_each_of_these_waits_for_its_turn(book, acting, amara, dee, now, watched_turns):
    visit = book(days=3)[0]
    say_mood(visit, 3, by=acting.client(amara), now=now)
    did_not_come(visit, by=acting.staff(dee), now=now)
    assert watched_turns == []


@pytest.mark.parametrize("module", [guard, mood, step])
def test_who_does_not_wait_is_found(
    module, amaras_visit, book, acting, amara, dee, now, monkeypatch, watched_turns
):
    """The negative control."""
    monkeypatch.setattr(module, "take_turn", lambda: None)
    if module is guard:
        book()
    elif module is mood:
        say_mood(amaras_visit, 3, by=acting.client(amara), now=now)
    else:
        did_not_come(amaras_visit, by=acting.staff(dee), now=now)
    assert "writes visits out of turn" in watched_turns[0]
    watched_turns.clear()


def test_who_waits_too_late_is_found(amara, book, watched_turns):
    """The other one: whoever has somebody locked, and waits then, can be waited for."""
    with transaction.atomic():
        Client.objects.select_for_update().get(pk=amara.pk)
        book()
    assert watched_turns == ["visits/guard.py:guarded takes its turn late, after people_client"]
    watched_turns.clear()


def test_back_goes_the_turn_with_what_it_was_taken_for(amaras_visit, book, watched_turns):
    with transaction.atomic():
        with transaction.atomic():
            book()
            transaction.set_rollback(True)
        Visit.objects.filter(pk=amaras_visit.pk).update(mood=1)
        book()
    assert watched_turns == ["visits/guard.py:guarded takes its turn late, after visits_visit"]
    watched_turns.clear()
