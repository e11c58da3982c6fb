"""Eight taps at the same moment are one wish, and of eight who go one goes."""

import threading
from collections.abc import Callable

import pytest
from conftest import NOW
from django.conf import settings
from django.db import IntegrityError, connection

from alongside.clinics.current import working_in
from alongside.welcome.actions.see_to import SomebodyIsGoing, take_wish
from alongside.welcome.actions.wish import make_wish
from alongside.welcome.models import Wish

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "sqlite" in settings.DATABASES["default"]["ENGINE"],
        reason="one writer at a time on SQLite: there the constraint alone is tested",
    ),
]
EIGHT = 8


def all_at_once(clinic, act: Callable[[int], object]) -> list[object]:
    """Do this eight times at the same moment, each on a connection of its own."""
    gate, said = threading.Barrier(EIGHT), []

    def one(number: int) -> None:
        try:
            with working_in(clinic):
                gate.wait(10)
                said.append(act(number))
        except Exception as error:
            said.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[number]) for number in range(EIGHT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said


def still_open(visit) -> int:
    with working_in(visit.clinic_id):
        return Wish.objects.still_open().filter(visit=visit).count()


def test_eight_taps_are_one_wish(waiting, amara, acting):
    by = acting.client(amara)
    said = all_at_once(waiting.clinic_id, lambda _: make_wish(waiting, "water", by=by, now=NOW).pk)
    assert len(said) == EIGHT
    assert len(set(said)) == 1
    assert still_open(waiting) == 1


def test_a_careless_look_before_one_leaps_is_caught_by_the_database_alone(waiting):
    """The negative control: this race is real, and only the constraint stands in its way."""
    every_one_has_looked = threading.Barrier(EIGHT)

    def look_then_leap(_: int) -> object:
        is_there = Wish.objects.still_open().filter(visit=waiting).exists()
        connection.close()
        every_one_has_looked.wait(30)
        assert not is_there
        return Wish.objects.create(visit=waiting, kind="water", asked_at=NOW).pk

    said = all_at_once(waiting.clinic_id, look_then_leap)
    assert sum(isinstance(one, IntegrityError) for one in said) == EIGHT - 1
    assert still_open(waiting) == 1


def test_of_eight_who_go_one_goes(waiting, amara, acting, dee, joon, noor):
    with working_in(waiting.clinic_id):
        wish = make_wish(waiting, "help", by=acting.client(amara), now=NOW)
    staff = [dee, joon, noor]

    def go(number: int) -> str:
        try:
            take_wish(wish, by=acting.staff(staff[number % 3]), now=NOW)
        except SomebodyIsGoing as other:
            return f"sees {other.wish.taken_by.name}"
        return f"is {staff[number % 3].name}"

    said = set(all_at_once(waiting.clinic_id, go))
    with working_in(waiting.clinic_id):
        name = Wish.objects.select_related("taken_by").get().taken_by.name
    assert said <= {f"is {name}", f"sees {name}"}
    assert len(said) == 2
