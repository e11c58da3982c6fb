"""Into one's own page: a link by e-mail that works once, and one answer for everybody."""

import re
from datetime import timedelta

import pytest
from django.conf import settings

from alongside.access.actions.links import give_link
from alongside.access.models import Link
from alongside.access.tokens import digest_of
from alongside.audit.models import Entry
from alongside.clinics import clock
from alongside.clinics.current import across_clinics, working_in
from alongside.messaging.actions.deliver import deliver_due
from alongside.messaging.channels.choose import standing_in
from alongside.messaging.channels.memory import MemoryChannel
from alongside.messaging.models import Message
from alongside.mine.actions.ask import LASTS, MOST_FOR_ONE, MOST_FROM_HERE
from alongside.people.models import Client

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
SIGN_IN = "/mine/sign-in/"


def ask(web, email: str, **more):
    return web.post(SIGN_IN, {"email": email}, **more)


def letters() -> list[Message]:
    with across_clinics("a test"):
        return list(Message.objects.order_by("queued_at", "pk").select_related("client", "clinic"))


def link_in(letter: Message) -> str:
    found = re.search(r"(/mine/enter/[\w-]+/)", letter.body)
    assert found
    return found.group(1)


@pytest.fixture
def amaras_link(web, amara) -> str:
    """The link in the letter that Amara asked for."""
    ask(web, amara.email)
    return link_in(letters()[0])


def test_amara_comes_in_by_her_link(web, amara, amaras_link, harbour):
    assert web.get(amaras_link).status_code == 200
    answer = web.post(amaras_link)
    assert answer.url == "/mine/"
    assert "Bonjour Amara" in web.get("/mine/").content.decode()
    with working_in(harbour):
        assert [one.verb for one in Entry.objects.order_by("number")][:4] == [
            "messaging.queue",
            "mine.ask",
            "mine.choose",
            "mine.see_page",
        ]


def test_she_may_write_her_address_as_she_likes(web, amara):
    ask(web, " AMARA@Example.org ")
    assert letters()[0].to == "amara@example.org"


def test_the_answer_is_the_same_for_whoever_we_do_not_know(web, amara):
    known, unknown = ask(web, amara.email), ask(web, "nobody@example.org")
    assert known.status_code == unknown.status_code == 200
    same = known.content.replace(b"amara@example.org", b"nobody@example.org")
    assert len(same) == len(unknown.content)
    assert len(letters()) == 1


def test_looking_at_a_link_uses_nothing(web, amaras_link):
    """A mail scanner or a link preview looks three times, and asks what is there."""
    for _ in range(3):
        assert web.get(amaras_link).status_code == web.head(amaras_link).status_code == 200
    assert "session" not in "".join(web.cookies)
    assert web.get("/mine/").status_code == 302
    assert web.post(amaras_link).status_code == 302
    assert web.get("/mine/").status_code == 200


def test_it_lets_in_once(web, amaras_link):
    from django.test import Client as Browser

    web.post(amaras_link)
    again = Browser().post(amaras_link)
    unknown = Browser().post("/mine/enter/not-a-link-at-all-here/")
    assert again.status_code == unknown.status_code == 404
    assert len(again.content) == len(unknown.content)


def test_it_ends_after_half_an_hour(web, amaras_link, now):
    with clock.standing_at(now + LASTS):
        assert web.post(amaras_link).status_code == 404


def test_a_visits_link_does_not_open_the_page(web, amara, amaras_visit, harbour, now):
    with working_in(harbour):
        until = now + timedelta(hours=1)
        token = give_link(amara, purpose="visit", subject=amaras_visit.pk, now=now, until=until)
    assert web.get(f"/v/{token}/").status_code == 200
    assert web.get("/mine/").url == SIGN_IN
    assert web.get(f"/mine/enter/{token}/").status_code == 404
    assert SIGN_IN in web.get(f"/v/{token}/").content.decode()


def test_and_the_other_way_round(web, amaras_link, harbour):
    token = amaras_link.split("/")[-2]
    assert web.get(f"/v/{token}/").status_code == 404


def test_the_session_is_a_new_one(web, amara, amaras_link, dee, sign_in):
    sign_in(web, dee)
    before = web.cookies[settings.SESSION_COOKIE_NAME].value
    web.post(amaras_link)
    assert web.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert web.get("/today/").status_code == 403, "Dee is signed out"


def test_after_half_an_hour_without_a_touch_it_is_over(web, amaras_link, now):
    web.post(amaras_link)
    with clock.standing_at(now + timedelta(minutes=29)):
        assert web.get("/mine/").status_code == 200
    with clock.standing_at(now + timedelta(minutes=58)):
        assert web.get("/live/mine/").status_code == 200
    with clock.standing_at(now + timedelta(minutes=60)):
        assert web.get("/mine/").url == SIGN_IN, "what a page asks by itself does not count"


def test_after_twelve_hours_in_any_case(web, amaras_link, now):
    web.post(amaras_link)
    for minutes in range(0, 12 * 60, 25):
        with clock.standing_at(now + timedelta(minutes=minutes)):
            assert web.get("/mine/").status_code == 200
    with clock.standing_at(now + timedelta(hours=12)):
        assert web.get("/mine/").url == SIGN_IN


def test_a_mother_and_her_child_share_an_address(web, amara, harbour):
    with working_in(harbour):
        Client.objects.create(first_name="Aino", last_name="Diallo", email="Amara@example.org")
    ask(web, amara.email)
    assert "Amara" not in letters()[0].body.split("http")[0]
    answer = web.post(link_in(letters()[0]))
    assert answer.url == "/mine/choose/"
    assert web.get("/mine/").url == SIGN_IN, "nobody's page before one is chosen"
    page = web.get("/mine/choose/").content.decode()
    assert "Amara" in page
    assert "Aino" in page
    with working_in(harbour):
        aino = Client.objects.get(first_name="Aino")
    assert web.post("/mine/choose/", {"page": str(aino.pk)}).url == "/mine/"
    assert "Hello Aino" in web.get("/mine/").content.decode()


def test_only_what_the_link_proves_can_be_chosen(web, amara, luc, amaras_link, hillside):
    with working_in(hillside):
        other = Client.objects.create(first_name="Pekka", email="pekka@example.org")
    web.post(amaras_link)
    for key in (luc.pk, other.pk, "nonsense"):
        web.post("/mine/choose/", {"page": str(key)})
        assert "Bonjour Amara" in web.get("/mine/").content.decode()


def test_one_address_in_two_clinics(web, amara, hillside, amaras_link):
    with working_in(hillside):
        there = Client.objects.create(first_name="Amara", email="amara@example.org")
    web.post(amaras_link)
    page = web.get("/mine/choose/").content.decode()
    assert "Hillside Rehab" in page
    web.post("/mine/choose/", {"page": str(there.pk)})
    assert "Hillside Rehab" in web.get("/mine/").content.decode()


def test_who_gave_us_another_address_meanwhile_is_out(web, amara, amaras_link, harbour):
    web.post(amaras_link)
    with working_in(harbour):
        Client.objects.filter(pk=amara.pk).update(email="new@example.org")
    assert web.get("/mine/").url == SIGN_IN


def test_somebody_without_an_address_is_nobodys_page(web, amara, luc, harbour, now):
    """Luc gave no address: a link that proves nothing opens nothing."""
    with working_in(harbour):
        token = give_link(
            luc, purpose="sign_in", subject=luc.pk, now=now, until=now + timedelta(hours=1)
        )
    assert web.post(f"/mine/enter/{token}/").url == SIGN_IN
    assert web.get("/mine/choose/").url == SIGN_IN


def test_nobody_fills_somebodys_post(web, amara):
    answers = [ask(web, amara.email).status_code for _ in range(MOST_FOR_ONE + 2)]
    assert answers == [200] * MOST_FOR_ONE + [429] * 2
    unknown = [ask(web, "nobody@example.org").status_code for _ in range(MOST_FOR_ONE + 2)]
    assert unknown == answers
    assert len(letters()) == MOST_FOR_ONE


def test_nobody_asks_for_everybody(web, db):
    answers = [ask(web, f"no{n}@example.org").status_code for n in range(MOST_FROM_HERE + 1)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {200}
    assert ask(web, "no1@example.org", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_the_letter_says_no_more_than_it_must(amara, amaras_link):
    (letter,) = letters()
    text = f"{letter.subject}\n{letter.body}"
    assert "Diallo" not in text
    assert "Harbour Street OT" not in text, "the neutral name only"
    assert letter.urgent
    assert letter.language == "fr"


def test_the_secret_is_kept_nowhere(web, amara, amaras_link, harbour, now):
    token = amaras_link.split("/")[-2]
    channel = MemoryChannel()
    with working_in(harbour), standing_in(email=channel):
        assert Link.objects.get().digest == digest_of(token)
        deliver_due(now)
        assert len(channel.sent) == 1
        assert Message.objects.get().body == ""


def test_it_goes_to_whoever_wishes_for_no_letters(web, amara, harbour, now):
    with working_in(harbour):
        Client.objects.filter(pk=amara.pk).update(prefers="none")
    ask(web, amara.email)
    channel = MemoryChannel()
    with working_in(harbour), standing_in(email=channel):
        deliver_due(now)
    assert [one.to for one in channel.sent] == ["amara@example.org"]


def test_dee_cannot_read_the_key_in_her_list(web, dee, sign_in, amaras_link):
    sign_in(web, dee)
    page = web.get(f"/messages/{letters()[0].pk}/")
    assert page.status_code == 200, page
    assert amaras_link not in page.content.decode()
    assert amaras_link.split("/")[-2] not in page.content.decode()


def test_signing_out_leaves_nothing(web, amaras_link):
    web.post(amaras_link)
    assert web.post("/mine/sign-out/").url == SIGN_IN
    assert web.get("/mine/").url == SIGN_IN


def test_amara_ends_her_other_sign_ins(web, amara, amaras_link):
    from django.test import Client as Browser

    other = Browser()
    web.post(amaras_link)
    ask(other, amara.email)
    other.post(link_in(letters()[1]))
    assert other.get("/mine/").status_code == 200
    assert web.get("/mine/sign-ins/").content.decode().count("<li>") == 2
    web.post("/mine/sign-ins/")
    assert other.get("/mine/").url == SIGN_IN
    assert web.get("/mine/").status_code == 200


def test_charlie_and_dee_have_no_such_page(web, dee, charlie, sign_in, amara):
    for staff in (dee, charlie):
        assert sign_in(web, staff).get("/mine/").status_code == 403


def test_in_the_demo_the_link_is_shown(web, amara, settings):
    assert b"/mine/enter/" not in ask(web, amara.email).content
    settings.DEMO = True
    assert b"/mine/enter/" in ask(web, amara.email).content
