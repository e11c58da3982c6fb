"""A passkey in the place of a letter: added after one, for its pages, and taken away."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client as Browser

from alongside.audit.models import Entry
from alongside.clinics import clock
from alongside.clinics.current import across_clinics, working_in
from alongside.keys.models import OwnPasskey
from alongside.keys.tests.device import Device
from alongside.messaging.models import Message
from alongside.mine.tests.test_door import ask, letters, link_in
from alongside.office.actions.erase import erase
from alongside.people.models import Client, CloseOne

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]
KEYS, NEW, ASK_NEW = "/mine/passkeys/", "/mine/passkeys/new/", "/mine/passkeys/question/"
SHOW, ASK = "/mine/sign-in/passkey/", "/mine/sign-in/passkey/question/"


def by_letter(email: str) -> Browser:
    """A browser that came in by the link of a letter."""
    web = Browser()
    web.cookies["alongside-language"] = "en"
    ask(web, email)
    web.post(link_in(letters()[-1]))
    return web


def makes(web, device, name: str = "My phone"):
    answer = device.makes(web.post(ASK_NEW).json())
    return web.post(NEW, {"name": name, "credential": json.dumps(answer)})


def shows(web, device, **lies):
    answer = device.shows(web.post(ASK).json(), **lies)
    return web.post(SHOW, {"credential": json.dumps(answer)})


def comes_in(device, **lies) -> bool:
    web = Browser()
    shows(web, device, **lies)
    return web.get("/mine/").status_code == 200


@pytest.fixture
def phone(amara) -> Device:
    """Amara's phone, with a passkey that she added after a letter."""
    device = Device()
    assert makes(by_letter(amara.email), device).url == KEYS
    return device


def test_amara_comes_in_with_nothing_but_her_finger(phone, harbour):
    web = Browser()
    assert shows(web, phone).url == "/mine/"
    assert "Amara" in web.get("/mine/").content.decode()
    with working_in(harbour):
        entry = Entry.objects.filter(verb="mine.choose").latest("number")
    assert entry.detail == {"how": "passkey"}
    assert OwnPasskey.objects.get().used_at


def test_it_ends_as_every_session_does(phone, now):
    web = Browser()
    shows(web, phone)
    with clock.standing_at(now + timedelta(minutes=29)):
        assert web.get("/mine/").status_code == 200
    with clock.standing_at(now + timedelta(minutes=60)):
        assert web.get("/mine/").status_code == 302


def test_she_is_written_to_with_nothing_but_her_name_the_time_and_a_link(phone, amara):
    with across_clinics("a test"):
        letter = Message.objects.filter(template="own_passkey").get()
    assert letter.to == amara.email
    assert letter.failed_at is None
    assert "10:12" in letter.body
    assert "/mine/passkeys/" in letter.body
    assert "Diallo" not in letter.body + letter.subject


def test_it_stands_on_record(phone, amara, harbour):
    with working_in(harbour):
        assert Entry.objects.filter(verb="mine.add_passkey", client_key=amara.pk).exists()


def test_only_who_came_in_by_a_letter_just_now_adds_one(amara, own_page, now):
    """Whoever finds her phone, signed in, cannot make themselves a way in that lasts."""
    late = by_letter(amara.email)
    with clock.standing_at(now + timedelta(minutes=11)):
        assert late.get(NEW).url == KEYS
        assert late.post(ASK_NEW).status_code == 403
        page = late.get(KEYS).content.decode()
    assert "come in by a letter first" in page
    assert NEW not in page
    # An answer to what was asked in time comes too late as well.
    slow, device = by_letter(amara.email), Device()
    answer = device.makes(slow.post(ASK_NEW).json())
    with clock.standing_at(now + timedelta(minutes=11)):
        sent = {"name": "x", "credential": json.dumps(answer)}
        assert slow.post(NEW, sent).url == KEYS
    assert not OwnPasskey.objects.exists()


def test_who_came_in_by_a_passkey_adds_none_and_asks_for_a_letter_with_one_tap(phone, amara):
    web = Browser()
    shows(web, phone)
    assert web.post(ASK_NEW).status_code == 403
    before = len(letters())
    assert web.post(KEYS, {"do": "letter"}).status_code == 200
    assert letters()[-1].to == amara.email
    assert len(letters()) == before + 1


def test_nobody_adds_one_who_is_not_in(web):
    assert web.post(ASK_NEW).status_code == 403
    assert web.get(KEYS).url == "/mine/sign-in/"
    assert web.post(NEW, {"name": "x", "credential": "{}"}).status_code == 403


LIES = ["origin", "unlocked", "another key", "another site", "another person", "nobody"]


@pytest.mark.parametrize("lie", LIES)
def test_it_is_not_believed(phone, luc, harbour, lie):
    more: dict[str, object] = {}
    if lie == "origin":
        phone.origin = "https://evil.example"
    if lie == "unlocked":
        phone.flags = 1
    if lie == "another key":
        more["key"] = ec.generate_private_key(ec.SECP256R1())
    if lie == "another site":
        more["rp"] = "evil.example"
    if lie == "another person":
        with working_in(harbour):
            Client.objects.filter(pk=luc.pk).update(email="luc@example.org")
        makes(by_letter("luc@example.org"), other := Device())
        more["owner"] = other.owner
    if lie == "nobody":
        more["owner"] = "bm9ib2R5"
    assert not comes_in(phone, **more)


@pytest.mark.parametrize(
    "sent", ["", "[]", "{}", '{"rawId": 7}', "nonsense", '{"id": "x", "response": {}}']
)
def test_whatever_is_sent_it_is_a_kind_no(web, sent):
    web.post(ASK)
    answer = web.post(SHOW, {"credential": sent})
    assert answer.url == "/mine/sign-in/"
    assert "opens no page here" in web.get(answer.url).content.decode()


def test_an_answer_counts_once(phone):
    web = Browser()
    said = {"credential": json.dumps(phone.shows(web.post(ASK).json()))}
    web.post(SHOW, said)
    assert Browser().post(SHOW, said).url == "/mine/sign-in/"
    again = Browser()
    again.post(ASK)
    assert again.post(SHOW, said).url == "/mine/sign-in/"


def test_a_client_is_no_colleague_and_a_colleague_no_client(phone, dee, sign_in):
    """A passkey of one door opens nothing at the other."""
    web = Browser()
    answer = phone.shows(web.post("/sign-in/passkey/question/").json())
    web.post("/sign-in/passkey/", {"credential": json.dumps(answer)})
    assert web.get("/me/").status_code == 302
    theirs, device = sign_in(Browser(), dee), Device()
    made = device.makes(theirs.post("/me/passkeys/question/").json())
    theirs.post("/me/passkeys/new/", {"name": "x", "credential": json.dumps(made)})
    assert not comes_in(device)


def test_taken_away_it_opens_nothing_and_ends_what_it_opened(phone, amara):
    elsewhere = Browser()
    shows(elsewhere, phone)
    web = by_letter(amara.email)
    which = OwnPasskey.objects.get().pk
    assert web.post(KEYS, {"do": "remove", "which": which}).url == KEYS
    assert elsewhere.get("/mine/").status_code == 302
    assert web.get("/mine/").status_code == 200
    assert not comes_in(phone)


def test_nobody_takes_another_ones_away(phone, luc, harbour):
    with working_in(harbour):
        Client.objects.filter(pk=luc.pk).update(email="luc@example.org")
    web = by_letter("luc@example.org")
    which = OwnPasskey.objects.get().pk
    for does in ("remove", "widen"):
        assert web.post(KEYS, {"do": does, "which": which}).status_code == 404
    assert "My phone" not in web.get(KEYS).content.decode()
    assert comes_in(phone)


def test_whoever_gets_the_address_later_owes_it_nothing(phone, amara, luc, harbour):
    """Her address is given to somebody else: the passkey of before opens nothing of theirs."""
    with working_in(harbour):
        Client.objects.filter(pk=amara.pk).update(email="other@example.org")
        Client.objects.filter(pk=luc.pk).update(email=amara.email)
    assert not comes_in(phone)
    web = Browser()
    assert shows(web, phone).url == "/mine/choose/"
    page = web.get("/mine/choose/").content.decode()
    assert "Luc" not in page
    assert web.post("/mine/choose/", {"page": str(luc.pk)}).status_code == 200
    assert web.get("/mine/").status_code == 302
    # The positive twin: whoever reads the letter does come in to it.
    assert by_letter(amara.email).get("/mine/").status_code == 200


def test_a_page_that_came_later_is_opened_when_a_letter_says_so(phone, amara, luc, harbour):
    """A mother's second child: by the letter she lets her passkey open both."""
    with working_in(harbour):
        Client.objects.filter(pk=luc.pk).update(email=amara.email)
    assert comes_in(phone)
    web = by_letter(amara.email)
    web.post("/mine/choose/", {"page": str(amara.pk)})
    which = OwnPasskey.objects.get().pk
    assert "Let it open all my pages" in web.get(KEYS).content.decode()
    by_key = Browser()
    shows(by_key, phone)
    assert by_key.post(KEYS, {"do": "widen", "which": which}).status_code == 404
    assert web.post(KEYS, {"do": "widen", "which": which}).url == KEYS
    again = Browser()
    assert shows(again, phone).url == "/mine/choose/"
    assert "Luc" in again.get("/mine/choose/").content.decode()


def test_somebody_close_has_one_for_what_they_were_given(amara, close_to, harbour, now):
    luc, device = close_to(amara, "Luc", rights=["visits"]), Device()
    makes(by_letter(luc.email), device)
    assert comes_in(device)
    with working_in(harbour):
        CloseOne.objects.filter(pk=luc.pk).update(ended_at=now, ended_by="Amara")
    assert not comes_in(device)


def test_the_other_clinic_is_not_there_either(phone, hillside):
    """Somebody of the same address in another clinic, later: not without a letter."""
    with working_in(hillside):
        Client.objects.create(first_name="Amara", last_name="Other", email="amara@example.org")
    web = Browser()
    assert shows(web, phone).url == "/mine/"
    assert "Other" not in web.get("/mine/").content.decode()


def test_whoever_is_erased_leaves_none_behind(phone, amara, acting, noor, harbour, now):
    with working_in(harbour):
        erase(amara, why="asked", by=acting.staff(noor), now=now)
    assert not OwnPasskey.objects.exists()


def test_of_many_tries_few_are_looked_at(phone, monkeypatch):
    looked = []
    monkeypatch.setattr("alongside.keys.actions.own._is_whose", lambda *a: looked.append(a))
    web = Browser()
    for _ in range(50):
        shows(web, phone)
    assert len(looked) == 10


def test_one_device_is_asked_for_one_only(phone, amara):
    web = by_letter(amara.email)
    asked = web.post(ASK_NEW).json()["publicKey"]
    assert [one["type"] for one in asked["excludeCredentials"]] == ["public-key"]
    assert asked["user"]["id"] == phone.owner
    assert asked["authenticatorSelection"]["userVerification"] == "required"


def test_no_password_is_asked_for_anywhere(phone, amara):
    web = by_letter(amara.email)
    for path in ("/mine/sign-in/", KEYS, NEW):
        assert (
            'type="password"'
            not in (web if path != "/mine/sign-in/" else Browser()).get(path).content.decode()
        )
