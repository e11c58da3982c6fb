"""The poster at the door: it finds one's own visit, never lists people, and tires of guesses."""

import secrets
from datetime import timedelta

import pytest
from conftest import NOW, book_for
from django.urls import reverse

from alongside.access.models import Attempt
from alongside.clinics.current import working_in
from alongside.people.models import Client
from alongside.visits.models import Channel, State, Told, Visit

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


@pytest.fixture
def door(harbour) -> str:
    """The address on the poster of Harbour Street."""
    return reverse("visits:door", args=[harbour.door_code])


@pytest.fixture
def stranger(web):
    """A phone that nobody has used here before, in the language of these tests."""
    web.cookies["alongside-language"] = "en"
    return web


def try_door(web, door: str, name: str, at: str, more: str = "", **where):
    return web.post(door, {"name": name, "at": at, "more": more, "key": "k"}, **where)


def fresh(visit) -> Visit:
    with working_in(visit.clinic_id):
        return Visit.objects.get(pk=visit.pk)


def person(harbour, first: str, **more) -> Client:
    with working_in(harbour):
        return Client.objects.create(first_name=first, prefers="none", **more)


def test_amara_scans_the_poster_and_is_checked_in(stranger, door, amaras_visit):
    assert "Tell us that you are here" in stranger.get(door).content.decode()
    answer = try_door(stranger, door, "amara", "10h30")
    assert answer.status_code == 303
    visit = fresh(amaras_visit)
    assert (visit.state, visit.arrived_by) == (State.HERE, Channel.DOOR)
    body = stranger.get(answer["Location"]).content.decode()
    assert "Hello Amara. You are checked in." in body
    with working_in(visit.clinic_id):
        assert Told.objects.get(visit=visit).channels == ["door", "desk"]


def test_scanned_a_second_time_it_leads_to_the_same_visit(stranger, door, amaras_visit):
    first = try_door(stranger, door, "Amara", "10:30")["Location"]
    second = try_door(stranger, door, "Amara", "10:30")["Location"]
    assert first != second
    with working_in(amaras_visit.clinic_id):
        assert Told.objects.count() == 1
    assert "You are checked in." in stranger.get(second).content.decode()


def test_the_page_names_nobody(stranger, door, amaras_visit, luc, joon):
    book_for(luc, joon, NOW.replace(hour=11, minute=30))
    for body in (stranger.get(door), try_door(stranger, door, "Nobody", "10:30")):
        text = body.content.decode()
        for name in ("Amara", "Luc", "Joon", "11:30", "Diallo"):
            assert name not in text


def test_no_such_visit_and_two_such_visits_look_alike(stranger, door, harbour, joon, noor):
    from conftest import _staff

    book_for(person(harbour, "Sam"), joon, NOW.replace(hour=10, minute=30))
    book_for(
        person(harbour, "Sam"),
        _staff(harbour, "Mika", "therapist"),
        NOW.replace(hour=10, minute=30),
    )
    two = try_door(stranger, door, "Sam", "10:30")
    none = try_door(stranger, door, "Tom", "10:30")
    assert two.status_code == none.status_code == 422
    same = [answer.content.decode().replace("Sam", "Tom") for answer in (two, none)]
    assert without_secrets(same[0]) == without_secrets(same[1])
    assert "they gladly check you in" in same[0]


def without_secrets(body: str) -> str:
    """A page without what differs on every page: tokens, nonces, keys."""
    import re

    return re.sub(r'(value|nonce)="[\w+/=-]{20,}"', "", body)


@pytest.mark.parametrize("more", ["123", "o"])
def test_two_of_one_name_are_told_apart_by_one_thing_more(stranger, door, harbour, joon, more):
    from conftest import _staff

    mine = book_for(
        person(harbour, "Sam", last_name="Okoro", mobile="+33 6 11 11 11 23"),
        joon,
        NOW.replace(hour=10, minute=30),
    )
    other = book_for(
        person(harbour, "Sam", last_name="Petit", mobile="+33 6 22 22 24 56"),
        _staff(harbour, "Mika", "therapist"),
        NOW.replace(hour=10, minute=30),
    )
    if more == "123":
        with working_in(harbour):
            Client.objects.filter(pk=mine.client_id).update(mobile="+33 6 11 11 11 23")
    assert try_door(stranger, door, "Sam", "10:30", more).status_code == 303
    assert fresh(mine).state == State.HERE
    assert fresh(other).state == State.BOOKED


def test_what_is_no_time_is_said_kindly_and_nothing_is_lost(stranger, door, amaras_visit):
    body = try_door(stranger, door, "Amara", "after lunch").content.decode()
    assert "Please write the time like this: 10:30." in body
    assert 'value="Amara"' in body
    assert "after lunch" in body


def test_hours_too_early_the_page_says_from_when(stranger, door, amara, joon):
    visit = book_for(amara, joon, NOW.replace(hour=15, minute=0))
    answer = try_door(stranger, door, "Amara", "15:00")
    assert "From 13:30 you can tell us here" in stranger.get(answer["Location"]).content.decode()
    assert fresh(visit).state == State.BOOKED


@pytest.mark.parametrize(
    ("day", "state"),
    [(1, State.BOOKED), (-1, State.BOOKED), (0, State.CANCELLED), (0, State.MISSED)],
)
def test_another_days_visit_and_one_called_off_are_not_found(
    stranger, door, amara, joon, day, state
):
    visit = book_for(amara, joon, NOW + timedelta(days=day), state=state)
    assert try_door(stranger, door, "Amara", "10:12").status_code == 422
    assert fresh(visit).state == state


def test_the_other_clinics_door_finds_nothing_of_ours(stranger, hillside, amaras_visit):
    other = reverse("visits:door", args=[hillside.door_code])
    assert try_door(stranger, other, "Amara", "10:30").status_code == 422
    assert fresh(amaras_visit).state == State.BOOKED


def test_charlie_signed_in_at_his_own_clinic_finds_no_more_than_anybody(
    stranger, sign_in, charlie, door, amaras_visit
):
    sign_in(stranger, charlie)
    body = try_door(stranger, door, "Luc", "10:30").content.decode()
    assert "Amara" not in body
    assert fresh(amaras_visit).state == State.BOOKED


def test_guesses_end_with_a_page_that_says_what_to_do(stranger, door, amaras_visit):
    answers = [try_door(stranger, door, f"Guess {n}", "10:30").status_code for n in range(14)]
    assert answers == [422] * 10 + [429] * 4
    refused = try_door(stranger, door, "Amara", "10:30")
    assert refused.status_code == 429
    assert refused["Retry-After"] == "600"
    assert "Please tell the front desk that you are here." in refused.content.decode()
    assert fresh(amaras_visit).state == State.BOOKED


def test_another_telephone_is_not_held_up_by_a_guesser(stranger, door, amaras_visit):
    for n in range(12):
        try_door(stranger, door, f"Guess {n}", "10:30", REMOTE_ADDR="203.0.113.9")
    answer = try_door(stranger, door, "Amara", "10:30", REMOTE_ADDR="198.51.100.7")
    assert answer.status_code == 303


def test_a_waiting_room_behind_one_address_is_not_locked_out(stranger, door, harbour, joon):
    for n in range(15):
        book_for(
            person(harbour, f"Person{n}"),
            joon,
            NOW.replace(hour=10) + timedelta(minutes=5 * n),
            planned=timedelta(minutes=5),
        )
    for n in range(15):
        at = NOW.replace(hour=10) + timedelta(minutes=5 * n)
        assert try_door(stranger, door, f"Person{n}", f"{at:%H:%M}").status_code == 303
    with working_in(harbour):
        assert not Attempt.objects.exists()


def test_nobodys_address_is_kept_as_it_is(stranger, door, harbour):
    try_door(stranger, door, "Nobody", "10:30", REMOTE_ADDR="203.0.113.9")
    with working_in(harbour):
        assert "203.0.113.9" not in Attempt.objects.get().who


def test_looking_at_the_poster_changes_nothing(stranger, door, amaras_visit):
    for ask in (stranger.get, stranger.head) * 3:
        assert ask(door + "?name=Amara&at=10:30").status_code == 200
    assert fresh(amaras_visit).version == 1
    with working_in(amaras_visit.clinic_id):
        assert not Attempt.objects.exists()


def test_ten_thousand_codes_open_no_door(harbour, hillside):
    from alongside.visits.queries.door import clinic_with_door

    assert not any(clinic_with_door(secrets.token_urlsafe(16)) for _ in range(10_000))
    assert clinic_with_door(harbour.door_code) == harbour


def test_an_unknown_code_looks_like_any_unknown_page(stranger, harbour):
    unknown = stranger.get(reverse("visits:door", args=["guessed"]))
    assert unknown.status_code == 404
    assert (
        unknown.content.split(b"<main")[1] == stranger.get("/v/guessed/").content.split(b"<main")[1]
    )


def test_the_page_is_kept_by_nobody(stranger, door):
    answer = stranger.get(door)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_door_speaks_french(web, door):
    body = web.get(door, headers={"Accept-Language": "fr"}).content.decode()
    assert 'lang="fr"' in body
