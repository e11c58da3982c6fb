"""Passkeys: made by who just showed that it is them, shown by their owner, and by nobody else."""

import json
from datetime import timedelta
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from conftest import signed_in, with_code_app
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client as Browser

from alongside.audit.models import Entry
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.keys.actions import passkeys
from alongside.keys.queries import has_passkey, has_second
from alongside.keys.tests.device import Device
from alongside.people.models import Staff

PASSWORD = "tea before the first visit"
NEW, ASK_NEW = "/me/passkeys/new/", "/me/passkeys/question/"
SHOW, ASK = "/sign-in/passkey/", "/sign-in/passkey/question/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]


def makes(web, device, **more):
    answer = device.makes(web.post(ASK_NEW).json())
    return web.post(NEW, {"name": "My phone", "credential": json.dumps(answer), **more})


def shows(web, device, asked=None, path=SHOW, **lies):
    answer = device.shows(asked or web.post(ASK).json(), **lies)
    return web.post(path, {"credential": json.dumps(answer)})


def is_in(web):
    return web.get("/me/").status_code == 200


def half_way(staff):
    staff.user.set_password(PASSWORD)
    staff.user.save()
    web = Browser()
    web.post("/sign-in/", {"email": staff.user.email, "password": PASSWORD})
    return web


@pytest.fixture
def phone(dee):
    """Dee's phone, with a passkey that she made while she was signed in."""
    device = Device()
    web = signed_in(Browser(), dee)
    assert makes(web, device).status_code == 302
    return device


def test_dee_signs_in_with_nothing_but_her_passkey(web, phone, dee, harbour):
    assert shows(web, phone).url == "/"
    assert is_in(web)
    with working_in(harbour):
        entry = Entry.objects.filter(verb="people.sign_in").latest("number")
    assert entry.detail == {"how": "passkey"}
    assert Authenticator.objects.get(type="webauthn").last_used_at


def test_a_new_colleague_begins_with_a_passkey(dee):
    web, device = half_way(dee), Device()
    assert web.get("/sign-in/second/").url == "/sign-in/first-key/"
    assert makes(web, device).url == "/me/recovery-codes/?next=%2F"
    assert is_in(web)
    other = Browser()
    shows(other, device)
    assert is_in(other)


def test_it_is_the_second_step_too(phone, dee):
    web = half_way(dee)
    assert "data-passkey=" in web.get("/sign-in/second/").content.decode()
    shows(web, phone)
    assert is_in(web)


def test_half_way_in_as_charlie_dees_passkey_opens_nothing(phone, charlie):
    other = Device()
    makes(signed_in(Browser(), charlie), other)
    web = half_way(charlie)
    shows(web, phone)
    assert not is_in(web)


def test_half_way_in_with_a_code_app_nobody_makes_a_passkey(dee):
    with_code_app(dee)
    web = half_way(dee)
    assert web.post(ASK_NEW).url == "/sign-in/second/"
    assert web.post(NEW, {"name": "x", "credential": "{}"}).url == "/sign-in/second/"
    assert not has_passkey(dee.user)


LIES = {
    "another site": {"device": {"origin": "https://evil.example"}},
    "a page that is like ours": {"device": {"origin": "https://localhost.evil.example"}},
    "no lock on the device": {"device": {"unlocked": False}},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_passkey_is_not_made_for(dee, lie):
    web = signed_in(Browser(), dee)
    assert "did not work" in makes(web, Device(**LIES[lie]["device"])).content.decode()
    assert not has_passkey(dee.user)


@pytest.mark.parametrize(
    "lie", ["origin", "unlocked", "another key", "another site", "another person", "nobody"]
)
def test_a_passkey_is_not_believed(web, phone, charlie, lie):
    more = {}
    if lie == "origin":
        phone.origin = "https://evil.example"
    if lie == "unlocked":
        phone.flags = 1
    if lie == "another key":
        more["key"] = ec.generate_private_key(ec.SECP256R1())
    if lie == "another site":
        more["rp"] = "evil.example"
    if lie == "another person":
        makes(signed_in(Browser(), charlie), other := Device())
        more["owner"] = other.owner
    if lie == "nobody":
        more["owner"] = "bm9ib2R5"
    answer = shows(web, phone, **more)
    assert answer.url.startswith("/sign-in/")
    assert not is_in(web)


def test_the_same_told_truly_is_believed(web, phone):
    """The positive twin."""
    shows(web, phone)
    assert is_in(web)


def test_an_answer_counts_once_and_for_its_own_question(web, phone):
    asked = web.post(ASK).json()
    answer = {"credential": json.dumps(phone.shows(asked))}
    other = Browser()
    other.post(ASK)
    other.post(SHOW, answer)
    assert not is_in(other), "an answer to another browser's question"
    web.post(SHOW, answer)
    assert is_in(web)
    web.post("/sign-out/")
    web.post(SHOW, answer)
    assert not is_in(web), "sent again"


def test_a_question_waits_five_minutes(web, phone, now):
    asked = web.post(ASK).json()
    with clock.standing_at(now + timedelta(minutes=5, seconds=1)):
        shows(web, phone, asked)
        assert not is_in(web)


def test_without_its_time_it_would_still_count(web, phone, now, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(passkeys, "in_time", lambda _request, _now: True)
    asked = web.post(ASK).json()
    with clock.standing_at(now + timedelta(minutes=6)):
        shows(web, phone, asked)
        assert is_in(web)


NONSENSE = ["", "{}", "[]", "null", "7", '"x"', "{", "[" * 3000, '{"response": null}']
NONSENSE += ['{"id": "x", "rawId": "x", "response": {"userHandle": 7}}', '{"type": "public-key"}']


@pytest.mark.parametrize("answer", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_no_passkey_and_no_error(web, dee, phone, answer):
    web.post(ASK)
    assert web.post(SHOW, {"credential": answer}).status_code == 302
    assert not is_in(web)
    hers = signed_in(Browser(), dee)
    hers.post(ASK_NEW)
    assert hers.post(NEW, {"name": "x", "credential": answer}).status_code == 200
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_who_left_comes_in_by_no_passkey(web, phone, dee, noor):
    signed_in(Browser(), noor).post(f"/settings/staff/{dee.pk}/send-off/")
    shows(web, phone)
    assert not is_in(web)
    assert not Authenticator.objects.exists()


def test_who_works_nowhere_any_more_does_not_either(web, phone, dee):
    with working_in(dee.clinic_id):
        Staff.objects.update(is_active=False)
    shows(web, phone)
    assert not is_in(web)


def test_it_shows_once_more_that_it_is_her(phone, dee, now):
    web = signed_in(Browser(), dee)
    web.get("/me/")
    with clock.standing_at(now + timedelta(minutes=11)):
        assert web.get(NEW).status_code == 302
        shows(web, phone)
        assert web.get(NEW).status_code == 200


def test_dee_renames_it_and_takes_it_away(phone, dee):
    with_code_app(dee)
    kept = Authenticator.objects.get(type="webauthn")
    web = signed_in(Browser(), dee)
    assert "My phone" in web.get("/me/sign-ins/").content.decode()
    web.post("/me/keys/rename/", {"which": kept.pk, "name": "The old <b>phone"})
    assert "The old &lt;b&gt;phone" in web.get("/me/sign-ins/").content.decode()
    web.post("/me/keys/remove/", {"which": kept.pk})
    assert not has_passkey(dee.user)
    assert has_second(dee.user)


@pytest.mark.parametrize("who", ["noor", "charlie"])
def test_nobody_renames_another_persons(phone, who, request):
    kept = Authenticator.objects.get(type="webauthn")
    web = signed_in(Browser(), request.getfixturevalue(who))
    assert web.post("/me/keys/rename/", {"which": kept.pk, "name": "mine"}).status_code == 404
    kept.refresh_from_db()
    assert kept.data["name"] == "My phone"


def test_who_tries_on_and_on_is_stopped_before_anything_is_checked(web, phone):
    with mock.patch.object(passkeys, "shows_passkey", return_value=None) as checked:
        for _ in range(40):
            web.post(SHOW, {"credential": "{}"})
    assert checked.call_count <= 10
    answers = [web.post(ASK).status_code for _ in range(70)]
    assert answers.count(429) >= 10


def test_a_hammered_account_still_opens_by_its_passkey(web, phone, dee):
    """Who knows Dee's address cannot keep her out: wrong passwords do not count against this."""
    for n in range(20):
        Browser(REMOTE_ADDR=f"203.0.113.{n}").post(
            "/sign-in/", {"email": dee.user.email, "password": "guess"}
        )
    shows(web, phone)
    assert is_in(web)
