"""What a client hopes for and worries about: word for word, until the visit begins."""

from datetime import timedelta

import pytest
from conftest import NOW, book_for
from django.test import Client as Browser
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.messaging.models import Message
from alongside.visits.actions import move_on
from alongside.visits.actions.check_in import check_in
from alongside.visits.actions.letters import send_confirmation
from alongside.visits.actions.self_service import NotTheirs
from alongside.visits.models import Channel
from alongside.welcome.actions.hopes import VisitHasBegun, say_hopes
from alongside.welcome.models import Hopes
from alongside.welcome.tests.conftest import link_to

pytestmark = pytest.mark.django_db
WORDS = {"hopes": "  I would like to cook again.\r\n<b>Soup!</b> ", "worries": "The stairs."}


@pytest.fixture(autouse=True)
def _the_time(at_ten_past_ten):
    """All of this happens at 10:12."""


@pytest.fixture
def lucs_link(first_visit) -> str:
    return link_to(first_visit)


def page(web, token: str) -> str:
    return web.get(reverse("visits:visit", args=[token])).content.decode()


def send(web, token: str, **words):
    return web.post(reverse("welcome:hopes", args=[token]), words)


def kept(visit) -> Hopes | None:
    with working_in(visit.clinic_id):
        return Hopes.objects.filter(visit=visit).first()


def seen(web, name: str, *args) -> str:
    return web.get(reverse(name, args=args), headers={"Accept-Language": "en"}).content.decode()


# --- before a first visit ------------------------------------------------------------------------


def test_before_a_first_visit_two_things_are_asked_and_five_are_answered(in_english, lucs_link):
    body = page(in_english, lucs_link)
    assert "What do you hope for?" in body
    assert "Is anything worrying you?" in body
    assert body.count('<details class="card" id="concern-') == 5


def test_how_to_cancel_says_only_what_can_still_be_done(in_english, luc, joon, lucs_link, harbour):
    soon = book_for(luc, joon, NOW + timedelta(days=3), is_first=True)
    assert "until Thursday 26 November at 10:12. After that" in page(in_english, link_to(soon))
    today = page(in_english, lucs_link)
    assert "Please tell the front desk." in today
    assert "You can do it on this page until" not in today
    harbour.phone = "01 99 00 12 34"
    harbour.save()
    assert "Call us: 01\N{NO-BREAK SPACE}99" in page(in_english, lucs_link)


def test_who_has_been_here_before_is_not_asked(in_english, link):
    body = page(in_english, link)
    assert "What do you hope for?" not in body
    assert "Will it hurt?" not in body


def test_it_is_kept_word_for_word_and_can_be_said_again(in_english, lucs_link, first_visit):
    assert send(in_english, lucs_link, **WORDS).status_code == 303
    said = kept(first_visit)
    assert {"hopes": said.hopes, "worries": said.worries} == WORDS
    body = page(in_english, lucs_link)
    assert "Thank you. Joon reads it before you meet." in body
    assert "The stairs.</textarea>" in body
    send(in_english, lucs_link, hopes="To cook.", worries="")
    assert (kept(first_visit).hopes, kept(first_visit).worries) == ("To cook.", "")


def test_saying_nothing_or_the_same_again_writes_nothing(in_english, lucs_link, first_visit):
    send(in_english, lucs_link, hopes=" ", worries="")
    assert kept(first_visit) is None
    for _ in range(3):
        send(in_english, lucs_link, **WORDS)
    with working_in(first_visit.clinic_id):
        (entry,) = Entry.objects.filter(verb="welcome.say_hopes")
    assert entry.client_key == first_visit.client_id
    assert "cook" not in str(entry.detail)


def test_while_waiting_it_can_still_be_changed(in_english, lucs_link, first_visit, acting, dee):
    with working_in(first_visit.clinic_id):
        check_in(first_visit, by=acting.staff(dee), channel=Channel.DESK, now=NOW)
    assert "What do you hope for?" in page(in_english, lucs_link)
    assert send(in_english, lucs_link, **WORDS).status_code == 303
    assert kept(first_visit)


def test_when_the_visit_has_begun_nothing_changes_and_nothing_typed_is_lost(
    in_english, lucs_link, first_visit, acting, joon
):
    send(in_english, lucs_link, hopes="To cook.", worries="")
    with working_in(first_visit.clinic_id):
        move_on.start(first_visit, by=acting.staff(joon), now=NOW)
    late = send(in_english, lucs_link, **WORDS)
    assert late.status_code == 409
    assert "&lt;b&gt;Soup!&lt;/b&gt;" in late.content.decode()
    assert "Tell Joon yourself" in late.content.decode()
    assert kept(first_visit).hopes == "To cook."


def test_a_sign_that_no_text_has_is_refused_before_anything_is_read(
    in_english, lucs_link, first_visit
):
    again = send(in_english, lucs_link, hopes="a\x00b", worries="The stairs.")
    assert again.status_code == 400
    assert kept(first_visit) is None


def test_what_cannot_be_kept_comes_back_with_a_reason(in_english, lucs_link, first_visit):
    again = send(in_english, lucs_link, hopes="x" * 4001, worries="The stairs.")
    assert again.status_code == 422
    assert "The stairs.</textarea>" in again.content.decode()
    assert 'class="error"' in again.content.decode()
    assert kept(first_visit) is None


# --- who may -------------------------------------------------------------------------------------


def test_only_the_person_themselves_says_what_they_hope_for(first_visit, luc, amara, acting):
    with working_in(first_visit.clinic_id):
        with pytest.raises(NotTheirs):
            say_hopes(first_visit, **WORDS, by=acting.client(amara), now=NOW)
        assert Hopes.objects.count() == 0
        say_hopes(first_visit, **WORDS, by=acting.client(luc), now=NOW)
        assert Hopes.objects.count() == 1


def test_without_the_link_nobody_writes_or_reads_it(web, desk, lucs_link, link, first_visit):
    assert send(web, "guessed", **WORDS).status_code == 404
    assert send(desk, str(first_visit.pk), **WORDS).status_code == 404
    send(web, lucs_link, **WORDS)
    assert "The stairs." in page(web, lucs_link)
    assert "The stairs." not in page(web, link)


def test_once_inside_also_the_action_refuses(first_visit, luc, acting, joon):
    with working_in(first_visit.clinic_id):
        move_on.start(first_visit, by=acting.staff(joon), now=NOW)
        with pytest.raises(VisitHasBegun):
            say_hopes(first_visit, **WORDS, by=acting.client(luc), now=NOW)


# --- staff ---------------------------------------------------------------------------------------


def test_staff_read_it_on_the_visit_and_the_board_marks_it(web, desk, lucs_link, first_visit):
    assert "hopes and worries" not in seen(desk, "visits:board")
    assert "They have not written" in seen(desk, "visits:board-visit", first_visit.pk)
    send(web, lucs_link, **WORDS)
    assert "hopes and worries" in seen(desk, "visits:board")
    for body in (
        seen(desk, "visits:board-visit", first_visit.pk),
        seen(desk, "office:client", first_visit.client_id),
    ):
        assert "&lt;b&gt;Soup!&lt;/b&gt;" in body
        assert "The stairs." in body


def test_charlie_reads_nothing_of_it(web, lucs_link, first_visit, charlie, sign_in, desk):
    send(web, lucs_link, **WORDS)
    other = sign_in(Browser(), charlie)
    visit = reverse("visits:board-visit", args=[first_visit.pk])
    client = reverse("office:client", args=[first_visit.client_id])
    assert [other.get(one).status_code for one in (visit, client)] == [404, 404]
    assert [desk.get(one).status_code for one in (visit, client)] == [200, 200]


@pytest.mark.parametrize(("kind", "is_first"), [("First visit", True), ("Visit", False)])
def test_the_confirmation_of_a_first_visit_asks_in_one_neutral_line(
    amara, joon, dee, acting, kind, is_first
):
    visit = book_for(amara, joon, NOW + timedelta(days=3), kind=kind, is_first=is_first)
    amara.language = "en"
    with working_in(amara.clinic_id):
        send_confirmation(visit, by=acting.staff(dee), now=NOW)
        letter = Message.objects.filter(channel="email").get()
    assert ("tell us what you hope for" in letter.body) is is_first
    assert "&#" not in letter.body
