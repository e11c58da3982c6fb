"""What a statement is told of its clinic ends with its transaction, whatever goes wrong in it."""

import queue
import random
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections, transaction

from alongside.clinics.current import Place, across_clinics, working_in
from alongside.clinics.models import Room

if connection.vendor != "postgresql":
    pytest.skip("only PostgreSQL is told a clinic", allow_module_level=True)

from alongside.clinics.postgresql import base
from alongside.clinics.postgresql.tests.everywhere import asked
from alongside.clinics.postgresql.words import NOWHERE, words

TURNS, THREADS, CONNECTIONS = 400, 8, 2
ALL = "SELECT clinic_id FROM clinics_room"


def seen() -> set[UUID]:
    """The clinics whose rooms a direct question finds."""
    return {key for (key,) in asked(ALL)}


def told() -> tuple[str, str]:
    """What the server believes just now, asked past our own cursors."""
    said = connection.connection.execute(
        "SELECT coalesce(current_setting('alongside.clinic', true), ''),"
        " coalesce(current_setting('alongside.across', true), '')"
    )
    return said.fetchone()


def test_what_is_said_leads_from_one_place_to_the_other():
    one, other = UUID(int=1), UUID(int=2)
    assert words(NOWHERE, NOWHERE) == (b"", 0)
    assert words(NOWHERE, Place(one, False)) == (
        f"SET LOCAL alongside.clinic = '{one}'; ".encode(),
        1,
    )
    assert words(Place(one, False), Place(other, False))[0].endswith(f"'{other}'; ".encode())
    assert words(Place(one, True), NOWHERE)[1] == 2
    assert words(None, NOWHERE)[1] == 2
    with pytest.raises(ValueError, match="badly formed"):
        words(NOWHERE, Place("'; DROP TABLE x; --", False))


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_after_each_way_to_end(harbour, hillside):
    with working_in(harbour):
        assert seen() == {harbour.pk}
        assert told() == ("", "")
        with transaction.atomic():
            assert seen() == {harbour.pk}
            assert told() == (str(harbour.pk), "")
        assert told() == ("", "")
        with suppress(ZeroDivisionError), transaction.atomic():
            Room.objects.create(name="Never")
            raise ZeroDivisionError
        assert told() == ("", "")
        with pytest.raises(DatabaseError):
            asked("SELECT 1 / 0")
        assert told() == ("", "")
    assert seen() == set()
    with working_in(harbour):
        # One statement, in no transaction of ours: its cursor outlives what it was told.
        Room.objects.bulk_create(Room(clinic=harbour, name=f"Room {n}") for n in range(3, 53))
        rows = Room.objects.iterator(chunk_size=7)
        assert Counter(room.clinic_id for room in rows) == {harbour.pk: 52}
    assert seen() == set()


@pytest.mark.django_db
def test_within_a_transaction_the_clinic_may_change(harbour, hillside):
    with transaction.atomic():
        for clinic in (harbour, hillside, harbour):
            with working_in(clinic):
                assert seen() == {clinic.pk}
                with across_clinics("a test of the wall"):
                    assert seen() == {harbour.pk, hillside.pk}
                assert seen() == {clinic.pk}
            assert seen() == set()


@pytest.mark.django_db
def test_a_savepoint_that_is_taken_back_takes_nothing_with_it(harbour, hillside):
    with transaction.atomic(), working_in(harbour):
        assert seen() == {harbour.pk}
        with suppress(ZeroDivisionError), transaction.atomic(), working_in(hillside):
            assert seen() == {hillside.pk}
            raise ZeroDivisionError
        assert seen() == {harbour.pk}
        with suppress(DatabaseError), transaction.atomic(), working_in(hillside):
            asked("SELECT 1 / 0")
        assert seen() == {harbour.pk}


@pytest.mark.django_db
def test_many_rows_read_in_pieces_are_of_one_clinic(harbour, hillside):
    with working_in(harbour):
        Room.objects.bulk_create(Room(clinic=harbour, name=f"Room {n}") for n in range(3, 53))
        assert sum(1 for _ in Room.objects.iterator(chunk_size=7)) == 52


@pytest.mark.django_db
def test_many_rows_written_at_once_are_counted_without_our_words(harbour):
    with working_in(harbour), connection.cursor() as cursor:
        cursor.executemany("UPDATE clinics_room SET name = name || %s", [("a",), ("b",)])
        assert cursor.rowcount == 4
        assert sorted(Room.objects.values_list("name", flat=True)) == ["Room 1ab", "Room 2ab"]


def one_turn(clinics: list[UUID], dice: random.Random) -> Counter[str]:
    """Do one thing that a request may do, in a clinic by chance; count rows of other clinics."""
    mine = dice.choice(clinics)
    came: Counter[str] = Counter()

    def look(allowed: set[UUID]) -> None:
        found = seen()
        came["looks"] += 1
        came["leaks"] += bool(found - allowed)
        came["blind"] += bool(allowed - found)

    def plainly() -> None:
        look({mine})

    def whole() -> None:
        with transaction.atomic():
            look({mine})
            with across_clinics("a test of the wall"):
                look(set(clinics))
            look({mine})

    def failing() -> None:
        with suppress(ZeroDivisionError), transaction.atomic():
            look({mine})
            raise ZeroDivisionError

    def broken() -> None:
        with suppress(DatabaseError), transaction.atomic():
            look({mine})
            asked("SELECT 1 / 0")

    def taken_back() -> None:
        with transaction.atomic():
            with suppress(DatabaseError), transaction.atomic():
                asked("SELECT 1 / 0")
            look({mine})

    ways: list[Callable[[], None]] = [plainly, whole, failing, broken, taken_back]
    with working_in(mine):
        dice.choice(ways)()
    look(set())
    if dice.random() < 0.3:
        with transaction.atomic():
            look(set())
    return came


def many_turns(clinics: list[UUID]) -> Counter[str]:
    """Let threads take turns on fewer connections than there are threads; count what they saw."""
    came: Counter[str] = Counter()
    faults: list[BaseException] = []
    free: queue.Queue = queue.Queue()
    for _ in range(CONNECTIONS):
        one = connection.copy()
        one.inc_thread_sharing()
        free.put(one)

    def requests(seed: int) -> None:
        dice = random.Random(seed)
        try:
            for _ in range(TURNS // THREADS):
                # As a pool does: the next request may have any connection, as the last left it.
                connections["default"] = free.get()
                try:
                    came.update(one_turn(clinics, dice))
                finally:
                    free.put(connections["default"])
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=requests, args=(seed,)) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    while not free.empty():
        free.get().close()
    assert faults == []
    return came


@pytest.mark.django_db(transaction=True)
def test_no_request_inherits_a_clinic_from_the_one_before(harbour, hillside):
    came = many_turns([harbour.pk, hillside.pk])
    assert came["looks"] > TURNS
    assert came["leaks"] == came["blind"] == 0


@pytest.mark.django_db(transaction=True)
def test_a_clinic_that_outlives_its_transaction_is_inherited(harbour, hillside, monkeypatch):
    """The negative control: said for the session instead, the next request sees the last one's."""

    def for_the_session(told: Place | None, here: Place) -> tuple[bytes, int]:
        said, number = words(told, here)
        return said.replace(b"SET LOCAL", b"SET"), number

    monkeypatch.setattr(base, "words", for_the_session)
    assert many_turns([harbour.pk, hillside.pk])["leaks"] > 0
