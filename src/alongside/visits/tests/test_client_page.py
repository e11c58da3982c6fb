"""A client's own page: before, waiting, called, over; and that looking changes nothing."""

from datetime import timedelta
from hashlib import sha256
from itertools import pairwise

import pytest
from conftest import NOW, book_for
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from alongside.access.actions.links import end_links, give_link
from alongside.clinics import clock
from alongside.clinics.current import across_clinics, working_in
from alongside.clinics.models import Room
from alongside.visits.actions import move_on
from alongside.visits.actions.check_in import check_in
from alongside.visits.actions.work_out import work_out
from alongside.visits.messages import page as words
from alongside.visits.models import Asked, Channel, State, Told, Visit

MINUTE = timedelta(minutes=1)
SENT = ["check-in", "late", "ask", "mood"]


def link_to(visit, *, until=timedelta(days=1), purpose="visit") -> str:
    with working_in(visit.clinic_id):
        return give_link(
            visit.client, purpose=purpose, subject=visit.pk, now=NOW, until=NOW + until
        )


@pytest.fixture
def link(amaras_visit) -> str:
    """The address of Amara's visit, as her letter has it."""
    return link_to(amaras_visit)


@pytest.fixture
def in_english(web):
    """Amara's page in the language of these tests."""
    web.cookies["alongside-language"] = "en"
    return web


def look(web, token: str, **headers) -> str:
    answer = web.get(reverse("visits:visit", args=[token]), headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def send(web, name: str, token: str, **data):
    return web.post(reverse(f"visits:{name}", args=[token]), data)


def fresh(visit) -> Visit:
    with working_in(visit.clinic_id):
        return Visit.objects.get(pk=visit.pk)


def everything() -> str:
    """One figure for every row of every table."""
    digest = sha256()
    with across_clinics("a test looks at every row there is"):
        for model in apps.get_models():
            if model is not Session:
                rows = model._default_manager.order_by("pk")
                digest.update(serializers.serialize("json", rows).encode())
    return digest.hexdigest()


# --- before -------------------------------------------------------------------------------------


def test_amara_reads_her_page_in_her_own_language(web, link, at_ten_past_ten):
    body = look(web, link)
    assert 'lang="fr"' in body
    assert "Amara" in body
    assert "La porte bleue à côté de la boulangerie." in body


def test_i_will_come_is_asked_before_the_day_and_not_on_it(
    in_english, link, amara, joon, at_ten_past_ten
):
    later = book_for(amara, joon, NOW + timedelta(days=3))
    assert "I will come" in look(in_english, link_to(later))
    assert "I will come" not in look(in_english, link)


def test_she_can_switch_the_language(in_english, link, at_ten_past_ten):
    assert "Hello Amara. Your visit is today at 10:30." in look(in_english, link)


def test_days_before_the_page_says_when_with_whom_and_how_to_get_in(
    in_english, amara, joon, at_ten_past_ten
):
    body = look(in_english, link_to(book_for(amara, joon, NOW + timedelta(days=3))))
    for said in ("Friday 27 November at 10:12", "Joon", "The blue door", "Your glasses"):
        assert said in body
    assert "I am here" not in body


def test_on_the_day_but_too_early_it_says_from_when(in_english, amara, joon, at_ten_past_ten):
    visit = book_for(amara, joon, NOW.replace(hour=14, minute=0))
    token = link_to(visit)
    assert "From 12:30 you can tell us here" in look(in_english, token)
    send(in_english, "check-in", token, key="k")
    assert fresh(visit).state == State.BOOKED


def test_a_page_keeps_to_itself(web, link, at_ten_past_ten):
    answer = web.get(reverse("visits:visit", args=[link]))
    assert answer["Cache-Control"] == "no-store"
    # Not "no-referrer": a browser would then send its own forms with no origin, and be refused.
    assert answer["Referrer-Policy"] == "same-origin"
    assert "Diallo" not in answer.content.decode()


# --- I am here ----------------------------------------------------------------------------------


def test_amara_says_that_she_is_here_and_is_told_her_wait(
    in_english, link, amaras_visit, at_ten_past_ten
):
    answer = send(in_english, "check-in", link, key="tap-1")
    assert answer.status_code == 303
    visit = fresh(amaras_visit)
    assert (visit.state, visit.arrived_by) == (State.HERE, Channel.PHONE)
    body = look(in_english, link)
    assert "You are checked in." in body
    assert visit.code in body
    with working_in(visit.clinic_id):
        told = Told.objects.get(visit=visit)
    assert told.channels == ["phone", "desk"]
    assert f"You will most likely go in by {told.by.astimezone(NOW.tzinfo):%H:%M}." in body


def test_a_tap_that_is_sent_again_counts_once(web, link, amaras_visit, at_ten_past_ten):
    for key in ("tap-1", "tap-1", "tap-2", ""):
        assert send(web, "check-in", link, key=key).status_code == 303
    with working_in(amaras_visit.clinic_id):
        assert Told.objects.count() == 1
        assert amaras_visit.steps.count() == 1


def test_somebody_elses_key_takes_nothing_away(web, link, amara, luc, joon, at_ten_past_ten):
    his = book_for(luc, joon, NOW.replace(hour=11, minute=20))
    send(web, "check-in", link, key="same")
    send(web, "check-in", link_to(his), key="same")
    assert fresh(his).state == State.HERE


def test_a_change_by_the_desk_at_the_same_moment_loses_nothing(
    web, link, amaras_visit, at_ten_past_ten, monkeypatch
):
    from alongside.visits.views import client as views

    def old(key):
        stale = Visit.objects.select_related("client", "therapist", "clinic", "kind").get(pk=key)
        Visit.objects.filter(pk=key).update(version=stale.version + 1)
        return stale

    monkeypatch.setattr(views, "own_visit", old)
    send(web, "check-in", link, key="k")
    assert fresh(amaras_visit).state == State.HERE


def test_who_is_with_us_for_another_visit_is_told_so(
    in_english, link, amara, amaras_visit, noor, acting, harbour, at_ten_past_ten
):
    from conftest import _staff

    other = book_for(amara, _staff(harbour, "Mika", "therapist"), NOW.replace(hour=9, minute=30))
    with working_in(harbour):
        check_in(other, by=acting.staff(noor), channel=Channel.DESK, now=NOW)
    send(in_english, "check-in", link, key="k")
    assert fresh(amaras_visit).state == State.BOOKED
    assert "You are here for another visit just now." in look(in_english, link)


def test_a_visit_that_was_called_off_cannot_be_checked_in(web, link, amaras_visit, at_ten_past_ten):
    with working_in(amaras_visit.clinic_id):
        Visit.objects.filter(pk=amaras_visit.pk).update(state=State.CANCELLED)
    assert send(web, "check-in", link, key="k").status_code == 303
    assert fresh(amaras_visit).state == State.CANCELLED


# --- I will be late -----------------------------------------------------------------------------


def test_amara_says_that_she_will_be_late(in_english, link, amaras_visit, at_ten_past_ten):
    send(in_english, "late", link, late="20")
    assert fresh(amaras_visit).late_until == NOW.replace(hour=10, minute=50)
    body = look(in_english, link)
    assert "We expect you at 10:50." in body
    assert "You told us that you will be here by 10:50." in body


def test_after_the_time_of_the_visit_the_minutes_count_from_now(web, amara, joon, at_ten_past_ten):
    visit = book_for(amara, joon, NOW.replace(hour=10, minute=0))
    send(web, "late", link_to(visit), late="5")
    assert fresh(visit).late_until == NOW + timedelta(minutes=5)


@pytest.mark.parametrize("made_up", ["7", "-5", "", "x", "600"])
def test_a_made_up_number_is_refused(web, link, amaras_visit, made_up, at_ten_past_ten):
    assert send(web, "late", link, late=made_up).status_code == 404
    assert fresh(amaras_visit).late_until is None


# --- waiting ------------------------------------------------------------------------------------


@pytest.fixture
def waiting(amaras_visit, amara, acting):
    """Amara has checked in at 10:12."""
    with working_in(amara.clinic_id):
        check_in(amaras_visit, by=acting.client(amara), channel=Channel.PHONE, now=NOW)
    return amaras_visit


def told(visit, *, likely, by, at=NOW, low=5, high=15, reason="first", **more):
    with working_in(visit.clinic_id):
        return Told.objects.create(
            visit=visit,
            told_at=at,
            low=timedelta(minutes=low),
            high=timedelta(minutes=high),
            likely=timedelta(minutes=likely),
            by=at + timedelta(minutes=by),
            reason=reason,
            **more,
        )


def at(minutes):
    return clock.standing_at(NOW + timedelta(minutes=minutes))


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


def test_a_correction_says_what_changed_and_why(in_english, link, waiting):
    told(waiting, likely=8, by=12, at=NOW + timedelta(seconds=1))
    told(waiting, likely=17, by=22, at=NOW + timedelta(minutes=6), reason="earlier_visit_longer")
    with at(7):
        body = look(in_english, link)
    assert "We are running late, and we are sorry." in body
    assert "The visit before yours is taking longer." in body
    with at(12):
        later = look(in_english, link)
    assert "At 10:18 we had to give you a later time." in later
    assert "now about 17" not in later


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


# --- come in, inside, over ----------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.WITH, "You are with Joon."),
        (State.DONE, "Thank you for coming, Amara."),
        (State.CANCELLED, "This visit is cancelled."),
        (State.MISSED, "We missed you. We hope you are well."),
    ],
)
def test_every_end_says_what_is_next(in_english, link, waiting, state, said):
    with working_in(waiting.clinic_id):
        Visit.objects.filter(pk=waiting.pk).update(state=state, started_at=NOW)
    with at(1):
        assert said in look(in_english, link)


def test_a_day_that_went_by_is_nobodys_fault(in_english, amara, joon):
    visit = book_for(amara, joon, NOW - timedelta(days=1))
    with at(0):
        body = look(in_english, link_to(visit))
    assert "We missed you." in body
    assert "you did not" not in body.lower()


# --- who may ------------------------------------------------------------------------------------


def test_an_unknown_an_expired_an_ended_and_another_links_page_look_alike(
    web, link, amaras_visit, at_ten_past_ten
):
    expired = link_to(amaras_visit, until=timedelta(hours=-1))
    other = link_to(amaras_visit, purpose="another")
    with working_in(amaras_visit.clinic_id):
        end_links(subject=amaras_visit.pk, now=NOW)
    answers = [
        web.get(reverse("visits:visit", args=[token]), headers={"Accept-Language": "en"})
        for token in ("nothing", expired, other, link)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert "the newest message from us" in answers[0].content.decode()
    assert len({answer.content.split(b"<main")[1] for answer in answers}) == 1


@pytest.mark.parametrize("name", SENT)
def test_without_the_link_nothing_can_be_sent(web, amaras_visit, name, at_ten_past_ten):
    assert send(web, name, "guessed", key="k", late="5", mood="1").status_code == 404
    assert fresh(amaras_visit).version == 1


def test_lucs_link_opens_lucs_visit_and_not_his_sisters(
    web, amaras_visit, luc, joon, at_ten_past_ten
):
    his = book_for(luc, joon, NOW.replace(hour=11, minute=20))
    token = link_to(his)
    assert "Amara" not in look(web, token)
    send(web, "check-in", token, key="k")
    assert fresh(amaras_visit).state == State.BOOKED


def test_charlie_has_no_way_to_amaras_page(web, sign_in, charlie, amaras_visit, at_ten_past_ten):
    sign_in(web, charlie)
    assert web.get(reverse("visits:visit", args=[str(amaras_visit.pk)])).status_code == 404


# --- looking changes nothing --------------------------------------------------------------------


def test_a_link_preview_changes_nothing(web, link, waiting):
    before = everything()
    with at(3):
        for ask in (web.get, web.head) * 3:
            ask(reverse("visits:visit", args=[link]), headers={"User-Agent": "preview-bot"})
        for name in SENT:
            assert web.get(reverse(f"visits:{name}", args=[link])).status_code in (403, 405)
    assert everything() == before


def test_the_figure_that_shows_it_can_change(web, link, amaras_visit, at_ten_past_ten):
    before = everything()
    send(web, "check-in", link, key="k")
    assert everything() != before


def test_a_form_that_is_too_old_tells_a_client_what_a_client_can_do(link, in_english):
    from django.test import Client as Browser

    strict = Browser(enforce_csrf_checks=True)
    answer = strict.post(reverse("visits:check-in", args=[link]), {"key": "k"})
    assert answer.status_code == 403
    said = answer.content.decode()
    assert "Open the link in our message once more" in said
    assert "Sign in" not in said


def test_the_page_asks_the_database_few_questions(web, link, waiting, harbour):
    harbour.parts_off = ["welcome"]
    harbour.save()
    with at(1), CaptureQueriesContext(connection) as asked:
        look(web, link)
    # The link with its clinic, the visit, what was told, who is before, who is away.
    assert len(asked) <= 5, "\n".join(one["sql"] for one in asked)


def test_every_answer_stays_small(web, link, waiting):
    with at(1):
        assert len(look(web, link).encode()) < 40_000


def test_the_words_are_french_where_she_reads_french():
    with translation.override("fr"):
        for said in (words.big(timedelta(minutes=8)), words.place(0), words.place(2)):
            assert said
    assert words.in_minutes(timedelta(minutes=96)) == "1 h 36"
    assert words.between(timedelta(0), timedelta(minutes=9)) == (
        "Most likely in less than 9 minutes."
    )
    assert words.between(timedelta(minutes=50), timedelta(minutes=75)) == (
        "Most likely between 50 minutes and 1 h 15."
    )


def test_a_correction_comes_to_the_page_unasked(in_english, link, waiting, luc, joon, dee, acting):
    """Somebody booked earlier comes after her: she hears of it in the same breath."""
    before = book_for(luc, joon, NOW.replace(hour=9, minute=40))
    with at(1):
        assert "We are running late" not in look(in_english, link)
    with working_in(waiting.clinic_id):
        check_in(before, by=acting.staff(dee), channel=Channel.DESK, now=NOW)
    with at(1):
        assert "We are running late, and we are sorry." in look(in_english, link)


def test_a_visit_that_takes_longer_comes_to_the_page_unasked(
    in_english, link, waiting, luc, joon, dee, acting
):
    before = book_for(luc, joon, NOW.replace(hour=9, minute=40))
    with working_in(waiting.clinic_id):
        check_in(before, by=acting.staff(dee), channel=Channel.DESK, now=NOW)
        first = list(Told.objects.filter(visit=waiting))
        move_on.start(before, by=acting.staff(dee), now=NOW + timedelta(minutes=5))
        news = [told for minute in range(1, 90) for told in work_out(NOW + minute * MINUTE)]
    assert news, "an overrun of three quarters of an hour was never told"
    said = [*first, *news]
    for told, then in pairwise(said):
        assert then.told_at <= told.by, "a told time passed in silence"
    with at((news[0].told_at - NOW) / MINUTE + 1):
        assert "We are running late, and we are sorry." in look(in_english, link)


@pytest.mark.parametrize(("old_by", "new_by"), [(20, 31), (31, 20)], ids=["later", "earlier"])
def test_a_correction_compares_clock_times_and_not_minutes_of_two_moments(
    waiting, harbour, old_by, new_by
):
    """Told 16 minutes at 10:12, and 8 at 10:25, somebody waits longer, though 8 is less."""
    from alongside.visits.messages import wait

    old = told(waiting, likely=16, by=old_by, at=NOW)
    new = told(waiting, likely=8, by=new_by - 13, at=NOW + 13 * MINUTE)
    said = wait.outdoors(new, old, harbour.zone)
    first, second = said.index(f"10:{12 + new_by}"), said.index(f"10:{12 + old_by}")
    assert first < second
    assert "minutes" not in said
    assert ("sorry" in said) is (new_by > old_by)
