"""The wall screen: codes, states and times. No name, whatever is written in whichever field."""

import dataclasses
import json
from datetime import timedelta

import pytest
from conftest import NOW, book_for
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.access.actions.devices import add_device
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.clinics.models import Room
from alongside.people.models import Card, Client, Staff
from alongside.visits.actions import move_on
from alongside.visits.actions.check_in import check_in
from alongside.visits.actions.undo import undo
from alongside.visits.messages.screen import calls_in
from alongside.visits.models import Channel, State, Told, Visit
from alongside.visits.queries.screen import ScreenRow, Shown, screen_rows

CANARY = "kanarienvogel"


@pytest.fixture
def screen(web, harbour, noor, acting):
    """The screen of Harbour Street's waiting room."""
    with working_in(harbour):
        _, secret = add_device(name="Wall", kind="screen", by=acting.staff(noor), now=NOW)
    web.cookies["alongside-device"] = secret
    return web


@pytest.fixture
def waiting(amaras_visit, amara, dee, acting):
    """Amara has checked in."""
    with working_in(amara.clinic_id):
        check_in(amaras_visit, by=acting.staff(dee), channel=Channel.DESK, now=NOW)
    return amaras_visit


def wall(screen, minutes: float = 0, **headers) -> str:
    with clock.standing_at(NOW + timedelta(minutes=minutes)):
        answer = screen.get(reverse("visits:screen"), headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def call(visit, dee, acting, room="Room 2"):
    with working_in(visit.clinic_id):
        visit.room = Room.objects.get(name=room)
        visit.save()
        move_on.call(visit, by=acting.staff(dee), now=NOW + timedelta(minutes=3))


def rows(clinic, minutes: float = 0) -> list[ScreenRow]:
    with working_in(clinic):
        return screen_rows(clinic, NOW + timedelta(minutes=minutes))


def test_the_screen_is_given_four_fields_and_no_more():
    """Somebody who adds a field must come here, and think of the waiting room."""
    assert [field.name for field in dataclasses.fields(ScreenRow)] == [
        "code",
        "state",
        "expected",
        "room",
    ]
    assert ScreenRow.__dataclass_params__.frozen
    assert ScreenRow.__slots__ == ("code", "state", "expected", "room")


def fill_with_canaries(row: models.Model) -> None:
    """Write the canary into every text that the row has."""
    texts = [
        field.name
        for field in row._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in ("code", "language", "photo", "number", "feed_digest")
    ]
    assert texts
    wide = {
        name: f"{CANARY}-{name}"[: row._meta.get_field(name).max_length or 200] for name in texts
    }
    type(row)._base_manager.filter(pk=row.pk).update(**wide)


def test_no_name_reaches_the_wall_whatever_is_written_where(screen, waiting, amara, joon, harbour):
    with working_in(harbour):
        card = Card.objects.create(client=amara)
        for row in (amara, card, waiting, joon):
            fill_with_canaries(row)
        told = Told.objects.get()
        told.numbers = {"who": CANARY}
        told.save()
        assert CANARY in json.dumps(list(Client.objects.values_list("first_name", "called")))
        assert CANARY in json.dumps(list(Visit.objects.values_list("asked_for", flat=True)))
        assert Staff.objects.filter(short_name__startswith=CANARY).exists()
    for body in (wall(screen), wall(screen, HX_Request="true")):
        assert CANARY not in body
        assert "Amara" not in body
        assert str(amara.pk) not in body
        assert str(waiting.pk) not in body


def test_the_canary_can_be_seen_where_it_may_be(web, sign_in, dee, waiting, amara, harbour):
    """The negative control: the staff's board does show what the wall must not."""
    with working_in(harbour):
        Client.objects.filter(pk=amara.pk).update(called=CANARY)
    with clock.standing_at(NOW):
        assert CANARY in sign_in(web, dee).get(reverse("visits:board")).content.decode()


def test_what_the_stream_says_is_a_number(screen, waiting):
    answer = screen.get(reverse("live:clinic"))
    assert set(answer.json()) == {"n"}


def test_who_waits_is_shown_with_the_time_that_they_were_told(screen, waiting, harbour):
    (row,) = rows(harbour)
    with working_in(harbour):
        told = Told.objects.get()
    assert row == ScreenRow(code=waiting.code, state=Shown.WAITING, expected=told.by, room="")
    assert f"by {told.by.astimezone(harbour.zone):%H:%M}" in wall(screen)


def test_a_call_comes_first_with_its_room(screen, waiting, dee, acting, luc, joon, harbour):
    other = book_for(luc, joon, NOW.replace(hour=9, minute=30))
    with working_in(harbour):
        check_in(other, by=acting.staff(dee), channel=Channel.DESK, now=NOW)
    call(waiting, dee, acting)
    assert [row.state for row in rows(harbour, 4)] == [Shown.CALLED, Shown.WAITING]
    body = wall(screen, 4)
    assert "Please come in" in body
    assert "Room 2" in body
    assert body.index(waiting.code) < body.index(other.code)


def test_a_told_time_that_passed_is_said_to_be_late_and_no_time_is_shown(waiting, harbour):
    with working_in(harbour):
        Told.objects.update(by=NOW + timedelta(minutes=5))
    (row,) = rows(harbour, 6)
    assert (row.state, row.expected) == (Shown.LATE, None)


def test_a_wait_that_was_lengthened_says_that_we_are_late(screen, waiting, harbour):
    with working_in(harbour):
        Told.objects.update(longer=1)
    assert rows(harbour)[0].state == Shown.LATE
    assert "We are running late. Sorry." in wall(screen)


@pytest.mark.parametrize("state", [State.BOOKED, State.WITH, State.DONE, State.CANCELLED])
def test_only_who_waits_is_on_the_wall(waiting, harbour, state):
    with working_in(harbour):
        Visit.objects.filter(pk=waiting.pk).update(state=state, started_at=NOW)
    assert rows(harbour) == []


def test_nobody_waiting_is_said(screen):
    assert "Welcome. Nobody is waiting just now." in wall(screen)


def test_it_speaks_the_clinics_first_language(screen, harbour):
    harbour.languages = ["fr", "en"]
    harbour.save()
    assert 'lang="fr"' in wall(screen, Accept_Language="en")


def test_a_call_is_spoken_in_each_language_of_the_clinic(screen, waiting, dee, acting):
    call(waiting, dee, acting)
    body = wall(screen, 4)
    spoken = f"{waiting.code[0]} {waiting.code[1:]}"
    assert f'lang="en" data-say="{spoken}, please come in: Room 2"' in body
    assert 'lang="fr" data-say=' in body
    assert calls_in([], "A12", "") == [("en", "A 12, please come in")]


def test_a_call_that_was_taken_back_is_off_the_wall(screen, waiting, dee, acting):
    call(waiting, dee, acting)
    with working_in(waiting.clinic_id):
        undo(waiting.steps.last(), by=acting.staff(dee), now=NOW + timedelta(minutes=4))
    assert "Please come in" not in wall(screen, 5)


def test_every_look_is_from_the_database_so_a_second_server_shows_the_same(
    screen, waiting, dee, acting
):
    """Nothing is remembered between two looks: what another process wrote is there at once."""
    assert "Please come in" not in wall(screen)
    call(waiting, dee, acting)
    from django.test import Client as Browser

    second = Browser()
    second.cookies["alongside-device"] = screen.cookies["alongside-device"].value
    assert wall(second, 4).split("<main")[1] == wall(screen, 4).split("<main")[1]


def test_the_other_clinics_screen_shows_nothing_of_ours(web, hillside, charlie, acting, waiting):
    with working_in(hillside):
        _, secret = add_device(name="Wall", kind="screen", by=acting.staff(charlie), now=NOW)
    web.cookies["alongside-device"] = secret
    assert waiting.code not in wall(web)


def test_a_screen_can_read_and_nothing_else(screen, waiting):
    with clock.standing_at(NOW):
        for name in ("board", "kiosk"):
            assert screen.get(reverse(f"visits:{name}")).status_code == 403
        assert screen.post(reverse("visits:screen")).status_code == 403
        assert screen.post(reverse("visits:step", args=[waiting.pk])).status_code == 403


def test_without_a_device_or_signing_in_there_is_no_screen(web, waiting):
    assert web.get(reverse("visits:screen")).status_code == 302


def test_staff_may_look_at_it(web, sign_in, dee, waiting):
    assert waiting.code in wall(sign_in(web, dee))


def test_looking_changes_nothing(screen, waiting):
    with working_in(waiting.clinic_id):
        before = Visit.objects.get(pk=waiting.pk).version
        for _ in range(3):
            wall(screen)
        assert Visit.objects.get(pk=waiting.pk).version == before


def test_ten_more_people_ask_the_database_nothing_more(screen, waiting, harbour, joon, dee, acting):
    with CaptureQueriesContext(connection) as one:
        wall(screen)
    with working_in(harbour):
        for n in range(10):
            client = Client.objects.create(first_name=f"Person{n}", prefers="none")
            visit = book_for(
                client, joon, NOW + timedelta(hours=2, minutes=5 * n), planned=timedelta(minutes=5)
            )
            check_in(visit, by=acting.staff(dee), channel=Channel.DESK, now=NOW)
    with CaptureQueriesContext(connection) as eleven:
        wall(screen)
    assert len(eleven) == len(one) <= 5
