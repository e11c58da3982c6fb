"""What was sent, as the desk sees it."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from alongside.audit.actions import record
from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.messaging.actions.deliver import deliver_due
from alongside.messaging.actions.queue import queue_letter
from alongside.messaging.queries import not_sent_panel

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
LIST = "/messages/"


@pytest.fixture
def queued(harbour, amara, letter, acting, now):
    with working_in(harbour):
        (message,) = queue_letter(amara, letter(), by=acting.clock(harbour), now=now)
    return message


@pytest.fixture(autouse=True)
def nobody_has_looked_yet():
    record._seen.clear()


def rows(page):
    return len(re.findall(r"<tr data-row", page.content.decode()))


def detail(message):
    return reverse("messaging:message", args=[message.pk])


def test_dee_sees_who_was_written_to_and_how_it_went(
    web, dee, sign_in, queued, email, harbour, now
):
    page = sign_in(web, dee).get(LIST).content.decode()
    assert "Amara" in page
    assert "Votre visite" in page
    assert "On its way" in page
    with working_in(harbour):
        deliver_due(now)
    assert "Sent" in web.get(LIST).content.decode()


def test_a_therapist_is_refused_and_a_stranger_sent_to_the_door(web, joon, sign_in, queued):
    assert web.get(LIST).status_code == 302
    assert sign_in(web, joon).get(LIST).status_code == 403
    assert web.get(detail(queued)).status_code == 403


def test_charlie_sees_nothing(web, charlie, dee, sign_in, queued):
    page = sign_in(web, charlie).get(LIST)
    assert rows(page) == 0
    assert "Amara" not in page.content.decode()
    assert web.get(detail(queued)).status_code == 404
    # The negative control: for Dee both are there.
    assert rows(sign_in(web, dee).get(LIST)) == 1
    assert web.get(detail(queued)).status_code == 200


def test_the_exact_words_are_shown_and_their_reading_is_on_record(
    web, dee, sign_in, queued, amara, harbour
):
    page = sign_in(web, dee).get(detail(queued)).content.decode()
    assert "Bonjour Amara. À demain, 10:30." in page
    assert 'lang="fr"' in page
    with working_in(harbour):
        entry = Entry.objects.get(verb="messaging.read")
    assert (entry.actor_label, entry.client_key, entry.is_read) == ("Dee", amara.pk, True)


def test_reading_the_list_is_on_record_too(web, dee, sign_in, queued, amara, harbour):
    sign_in(web, dee).get(LIST)
    with working_in(harbour):
        assert Entry.objects.get(verb="messaging.see_list").client_key == amara.pk


def test_what_was_not_sent_stands_on_top_with_a_reason_and_a_way_on(
    web, dee, sign_in, queued, harbour, now, settings
):
    settings.EMAIL_IS_SET = False
    with working_in(harbour):
        deliver_due(now)
    page = sign_in(web, dee).get(LIST).content.decode()
    assert "1 message of the last 7 days was not sent." in page
    assert "E-mail is not set up." in page
    assert reverse("messaging:send-again", args=[queued.pk]) in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", 2),
        ("?when=today", 1),
        ("?when=", 3),
        ("?when=&channel=app", 1),
        ("?when=&state=sent", 1),
        ("?when=&state=waiting", 2),
        ("?when=&state=failed", 0),
        ("?when=&who=ama+dial", 2),
        ("?when=&who=nobody", 0),
        ("?when=nonsense&channel=pigeon&state=lost&page=99", 2),
    ],
)
def test_the_list_can_be_narrowed(
    web, dee, sign_in, harbour, amara, luc, letter, acting, now, asked, found
):
    with working_in(harbour):
        for client, days in ((amara, 0), (luc, 3), (amara, 30)):
            at = now - timedelta(days=days)
            queue_letter(client, letter(), by=acting.clock(harbour), now=at)
    page = sign_in(web, dee).get(LIST + asked)
    assert rows(page) == found


def test_an_empty_list_says_what_will_stand_there(web, dee, sign_in):
    assert "stand here" in sign_in(web, dee).get(LIST).content.decode()
    assert "No message fits" in web.get(f"{LIST}?who=x").content.decode()


def fill(harbour, clients, letter, acting, now, count):
    with working_in(harbour):
        for number in range(count):
            client = clients[number % len(clients)]
            words = letter(subject=f"Number {number}")
            queue_letter(client, words, by=acting.clock(harbour), now=now)


def test_a_long_list_has_pages_and_keeps_what_was_chosen(
    web, dee, sign_in, harbour, amara, letter, acting, now
):
    fill(harbour, [amara], letter, acting, now, 51)
    first = sign_in(web, dee).get(f"{LIST}?who=amara")
    assert rows(first) == 50
    assert "?who=amara&amp;page=2" in first.content.decode()
    assert rows(web.get(f"{LIST}?who=amara&page=2")) == 1


def test_a_long_list_asks_the_database_no_more_than_a_short_one(
    web, dee, sign_in, harbour, amara, luc, letter, acting, now, django_assert_num_queries,
    django_assert_max_num_queries,
):  # fmt: skip
    fill(harbour, [amara, luc], letter, acting, now, 2)
    sign_in(web, dee).get(LIST)
    with django_assert_max_num_queries(9) as short:
        web.get(LIST)
    fill(harbour, [amara, luc], letter, acting, now, 40)
    with django_assert_num_queries(len(short)):
        web.get(LIST)


@pytest.mark.parametrize("address", [LIST, f"{LIST}?when=&state=failed"])
def test_the_pages_render_in_french(web, dee, sign_in, queued, address):
    web.cookies["alongside-language"] = "fr"
    page = sign_in(web, dee).get(address)
    assert page.status_code == 200
    assert '<html lang="fr"' in page.content.decode()
    assert web.get(detail(queued)).status_code == 200


def test_a_message_can_carry_no_script(web, dee, sign_in, harbour, amara, letter, acting, now):
    with working_in(harbour):
        words = letter(subject="<script>1</script>", body="<script>2</script>")
        (message,) = queue_letter(amara, words, by=acting.clock(harbour), now=now)
    for address in (LIST, detail(message)):
        assert "<script>1" not in sign_in(web, dee).get(address).content.decode()
        assert "<script>2" not in web.get(address).content.decode()


def test_the_board_is_told_what_could_not_be_sent_today(harbour, queued, now, settings):
    board = SimpleNamespace(clinic=harbour, now=now)
    settings.EMAIL_IS_SET = False
    with working_in(harbour):
        assert not_sent_panel(board) is None
        deliver_due(now)
        panel = not_sent_panel(board)
        assert panel is not None
        assert panel.context == {"count": 1}
        board.now = now + timedelta(days=1)
        assert not_sent_panel(board) is None
