"""A client's own page while they wait: what is told, what they may ask, and the call."""

from datetime import timedelta

from conftest import NOW, book_for

from alongside.clinics.current import working_in
from alongside.clinics.models import Room
from alongside.visits.actions import move_on
from alongside.visits.actions.check_in import check_in
from alongside.visits.messages import page as words
from alongside.visits.models import Asked, Channel, Told
from alongside.visits.tests.client_page.on_the_page import at, fresh, look, send, told


def test_the_wait_is_said_as_a_number_a_range_and_a_time(in_english, link, waiting):
    told(waiting, likely=8, by=12, at=NOW + timedelta(seconds=1))
    with at(0.1):
        body = look(in_english, link)
    for said in (
        "8 minutes",
        "Most likely between 5 and 15 minutes.",
        "You will most likely go in by 10:24.",
        "We told you this at 10:12.",
    ):
        assert said in body


def test_the_number_counts_down_and_never_falls_below_nothing(in_english, link, waiting):
    told(waiting, likely=8, by=12, at=NOW + timedelta(seconds=1))
    with at(5):
        assert '<p class="big num">3 minutes</p>' in look(in_english, link)
    with at(11):
        body = look(in_english, link)
    assert '<p class="big num">very soon</p>' in body
    assert "-" not in words.big(timedelta(0))


def test_when_the_told_time_has_passed_the_page_says_so_and_invites_to_ask(
    in_english, link, waiting
):
    told(waiting, likely=8, by=12)
    with at(14):
        body = look(in_english, link)
    assert "The time we told you has passed: 10:24. We are sorry." in body
    assert "Ask us now" in body
    assert "big num" not in body


def test_what_cannot_be_known_is_not_said(in_english, link, waiting):
    with working_in(waiting.clinic_id):
        Told.objects.all().delete()
    with at(1):
        body = look(in_english, link)
    assert "We cannot say yet how long it will be." in body
    assert "big num" not in body


def test_who_is_before_her_is_counted_and_never_named(
    in_english, link, waiting, luc, dee, acting, joon
):
    before = book_for(luc, joon, NOW.replace(hour=9, minute=40))
    with working_in(waiting.clinic_id):
        check_in(before, by=acting.staff(dee), channel=Channel.DESK, now=NOW)
    with at(1):
        body = look(in_english, link)
        assert "1 person is before you" in body
        assert "Luc" not in body
        with working_in(waiting.clinic_id):
            move_on.start(before, by=acting.staff(dee), now=NOW)
        body = look(in_english, link)
    assert "You are next" in body
    assert "Joon is with another person." in body


def test_another_therapists_people_are_not_before_her(in_english, link, waiting, luc, harbour):
    from conftest import _staff

    book_for(luc, _staff(harbour, "Mika", "therapist"), NOW.replace(hour=9, minute=40))
    with at(1):
        assert "You are next" in look(in_english, link)


def test_asking_is_answered_at_once_and_the_desk_knows(in_english, link, waiting):
    with at(4):
        send(in_english, "ask", link)
        assert "We looked again just now." in look(in_english, link)
    with working_in(waiting.clinic_id):
        asked = Asked.objects.get()
    assert asked.answered_at == NOW + timedelta(minutes=4)


def test_asking_without_end_is_answered_from_what_is_there(in_english, link, waiting):
    with at(4):
        for _ in range(12):
            send(in_english, "ask", link)
        assert "We looked a moment ago." in look(in_english, link)
    with working_in(waiting.clinic_id):
        assert Asked.objects.count() == 10


def test_a_mood_is_one_tap_and_can_be_changed(web, link, waiting):
    with at(1):
        send(web, "mood", link, mood="1")
        send(web, "mood", link, mood="3")
        send(web, "mood", link, mood="3")
        assert send(web, "mood", link, mood="9").status_code == 404
    assert fresh(waiting).mood == 3
    with working_in(waiting.clinic_id):
        assert not waiting.steps.filter(verb="say_mood").exists(), "a mood is no step"


def test_a_live_page_asks_for_its_piece_alone(in_english, link, waiting):
    with at(1):
        piece = look(in_english, link, HX_Request="true")
        whole = look(in_english, link)
    assert piece.strip().startswith('<div id="visit"')
    assert "<html" not in piece
    assert f'data-live="/live/visit/{link}/"' in whole


def test_the_call_says_come_in_and_where(in_english, link, waiting, dee, acting):
    with working_in(waiting.clinic_id):
        waiting.room = Room.objects.get(name="Room 2")
        waiting.save()
        move_on.call(waiting, by=acting.staff(dee), now=NOW)
    with at(1):
        body = look(in_english, link)
    assert "Please come in." in body
    assert "Joon is ready for you." in body
    assert "Room 2" in body
