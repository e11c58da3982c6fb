"""The locked screen: shut on the server, opened by its own person, and by nobody else for long."""

import json
from datetime import timedelta
from unittest import mock

import pytest
from conftest import signed_in
from django.conf import settings as configured
from django.test import Client as Browser
from tests.house.sweep import addresses

from alongside.access import presence
from alongside.access.policy import ANYONE, POLICY
from alongside.audit.models import Entry
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.keys.actions.pin import choose_pin, shows_pin
from alongside.keys.models import Pin
from alongside.keys.tests.device import Device
from alongside.live.queries import Refused, admit, still_open
from alongside.office.actions import lock as locks
from alongside.office.models import SignedIn
from alongside.rules.door.pin import is_easy

PIN = "470135"
LOCK, UNLOCK = "/lock/", "/unlock/"
BY_SCRIPT = {"accept": "application/json"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]


def at_the_desk(staff, pin=PIN):
    """Somebody signed in, who chose a PIN on the page."""
    web = signed_in(Browser(), staff)
    assert web.post("/me/pin/", {"pin": pin, "again": pin}).status_code == 302
    assert web.get("/me/").status_code == 200
    return web


@pytest.fixture
def desk(dee):
    return at_the_desk(dee)


@pytest.fixture
def locked(desk):
    assert desk.post(LOCK, headers=BY_SCRIPT).status_code == 204
    return desk


def test_locked_nothing_opens_but_the_pad(locked):
    """Every address of the table, asked for by whoever sits at a locked screen."""
    asked = 0
    for address in addresses():
        row = POLICY[address.name]
        if address.asks or ANYONE in row.read | row.send or row.link:
            continue
        from django.urls import reverse

        path = reverse(address.name)
        for answer in (locked.get(path), locked.post(path), locked.get(path, HTTP_HX_REQUEST="1")):
            assert answer.status_code in (302, 401, 403, 405), path
            assert b"Dee" not in answer.content, path
        asked += 1
    assert asked > 30
    page = locked.get(LOCK).content.decode()
    assert "Locked by Dee" in page
    assert "Today" not in page


def test_the_same_open_does_open(desk):
    """The positive twin."""
    assert desk.get("/today/").status_code == 200
    assert desk.get("/live/clinic/").status_code == 200


def test_without_the_lock_on_the_server_the_pad_would_only_hide(locked, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(presence, "is_locked", lambda *_a, **_m: False)
    assert locked.get("/today/").status_code == 200


def test_whoever_asks_is_led_to_the_pad_and_back(locked):
    answer = locked.get("/people/?q=am")
    assert answer.url == "/lock/?next=%2Fpeople%2F%3Fq%3Dam"
    assert locked.post(UNLOCK, {"pin": PIN, "next": "/people/?q=am"}).url == "/people/?q=am"
    assert locked.get("/people/").status_code == 200


def test_the_board_that_is_open_is_told_that_it_is_locked(locked):
    for answer in (locked.get("/today/", HTTP_HX_REQUEST="true"), locked.get("/live/clinic/")):
        assert answer.status_code == 401
        assert answer["X-Locked"] == "1"
        assert answer.content == b""


def test_the_right_pin_gives_it_back_to_the_page_that_stayed(locked):
    assert locked.post(UNLOCK, {"pin": "111112"}, headers=BY_SCRIPT).status_code == 403
    assert locked.get("/today/").status_code == 302
    assert locked.post(UNLOCK, {"pin": PIN}, headers=BY_SCRIPT).status_code == 204
    assert locked.get("/today/").status_code == 200


def test_a_passkey_gives_it_back_too(dee):
    web, device = signed_in(Browser(), dee), Device()
    made = device.makes(web.post("/me/passkeys/question/").json())
    web.post("/me/passkeys/new/", {"name": "Desk", "credential": json.dumps(made)})
    assert web.post(LOCK).url.startswith("/lock/")
    assert web.get("/today/").status_code == 302
    shown = device.shows(web.post("/sign-in/passkey/question/").json())
    answer = web.post("/sign-in/passkey/", {"credential": json.dumps(shown), "next": "/today/"})
    assert answer.url == "/today/"
    assert web.get("/today/").status_code == 200


def test_noors_passkey_does_not_open_dees_screen(locked, noor):
    web, device = signed_in(Browser(), noor), Device()
    made = device.makes(web.post("/me/passkeys/question/").json())
    web.post("/me/passkeys/new/", {"name": "Mine", "credential": json.dumps(made)})
    shown = device.shows(locked.post("/sign-in/passkey/question/").json())
    locked.post("/sign-in/passkey/", {"credential": json.dumps(shown)})
    assert locked.get("/today/").status_code == 302


@pytest.mark.parametrize("who", ["noor", "charlie"])
def test_nobody_elses_pin_opens_it(locked, who, request):
    at_the_desk(request.getfixturevalue(who), pin="829164")
    locked.post(UNLOCK, {"pin": "829164"})
    assert locked.get("/today/").status_code == 302


def test_after_five_wrong_pins_it_takes_signing_in(locked, dee, harbour):
    with mock.patch.object(locks, "shows_pin", return_value=False) as compared:
        answers = [
            locked.post(UNLOCK, {"pin": f"{n:06}"}, headers=BY_SCRIPT).status_code
            for n in range(200)
        ]
    assert compared.call_count == 5
    assert answers[:6] == [403] * 5 + [401]
    locked.post(UNLOCK, {"pin": PIN})
    assert locked.get("/today/").url.startswith("/sign-in/")
    assert not locked.session.keys() & {"_auth_user_id"}
    with working_in(harbour):
        assert Entry.objects.filter(verb="people.lock_tried").count() == 1


def test_without_the_limit_every_pin_is_compared(locked):
    """The negative control."""
    with (
        mock.patch.object(locks, "shows_pin", return_value=False) as compared,
        mock.patch.object(locks, "knock", return_value=[]),
    ):
        for n in range(20):
            locked.post(UNLOCK, {"pin": f"{n:06}"})
    assert compared.call_count == 20


def test_a_pin_signs_nobody_in(dee, web):
    at_the_desk(dee)
    assert web.post(UNLOCK, {"pin": PIN}, headers=BY_SCRIPT).status_code == 401
    assert web.get("/today/").status_code == 302


def test_after_five_minutes_it_locks_by_itself(desk, now):
    with clock.standing_at(now + timedelta(minutes=4, seconds=50)):
        assert desk.get("/live/clinic/").status_code == 200
    with clock.standing_at(now + timedelta(minutes=5, seconds=1)):
        assert desk.get("/live/clinic/").status_code == 401
        assert desk.get("/today/").url.startswith("/lock/")
        desk.post(UNLOCK, {"pin": PIN})
        assert desk.get("/today/").status_code == 200
    with clock.standing_at(now + timedelta(minutes=9)):
        assert desk.get("/today/").status_code == 200


def test_who_types_on_is_not_locked_out(desk, now):
    for minutes in range(0, 20, 3):
        with clock.standing_at(now + timedelta(minutes=minutes)):
            assert desk.post("/here/").status_code == 204
    with clock.standing_at(now + timedelta(minutes=21)):
        assert desk.get("/today/").status_code == 200


def test_a_live_page_does_not_keep_it_open(desk, now):
    for minutes in range(5):
        with clock.standing_at(now + timedelta(minutes=minutes)):
            assert desk.get("/live/clinic/?here=1", HTTP_X_HERE="1").status_code == 200
            assert desk.get("/today/", HTTP_HX_REQUEST="true").status_code == 200
    with clock.standing_at(now + timedelta(minutes=5, seconds=1)):
        assert desk.get("/live/clinic/").status_code == 401


def test_the_clinic_chooses_after_how_long_or_only_by_hand(desk, harbour, now):
    harbour.lock_after = timedelta(minutes=1)
    harbour.save()
    desk.get("/me/")
    with clock.standing_at(now + timedelta(minutes=1, seconds=1)):
        assert desk.get("/today/").url.startswith("/lock/")
        desk.post(UNLOCK, {"pin": PIN})
    harbour.lock_after = None
    harbour.save()
    with clock.standing_at(now + timedelta(minutes=2)):
        desk.get("/me/")
    with clock.standing_at(now + timedelta(minutes=25)):
        assert desk.get("/today/").status_code == 200


def test_locked_it_still_ends_after_its_hour(locked, now):
    with clock.standing_at(now + timedelta(minutes=61)):
        assert locked.post(UNLOCK, {"pin": PIN}, headers=BY_SCRIPT).status_code == 401
        assert locked.get(LOCK).url == "/sign-in/"
        assert locked.get("/today/").status_code == 302


def test_unlocking_does_not_begin_the_day_anew(locked):
    before = locked.session["ends"]
    locked.post(UNLOCK, {"pin": PIN})
    assert locked.session["ends"] == before


def test_who_could_not_open_it_again_is_asked_to_choose_a_pin(web, dee):
    signed_in(web, dee)
    assert web.post(LOCK).url == "/me/pin/"
    assert web.post(LOCK, headers=BY_SCRIPT).status_code == 403
    assert web.get("/today/").status_code == 200


def test_somebody_else_signs_in_at_the_locked_desk(locked, noor):
    """Dee's session ends with it: two people are never in one."""
    signed_in(locked, noor)
    assert "Noor" in locked.get("/me/").content.decode()


def test_a_stream_of_a_locked_screen_ends_and_none_begins(desk):
    name = configured.SESSION_COOKIE_NAME
    cookies = {name: desk.cookies[name].value}
    now = clock.now()
    open_now = admit("/live/clinic/", cookies, now=now)
    assert still_open([open_now], now=now) == {open_now}
    desk.post(LOCK)
    assert still_open([open_now], now=now) == set()
    with pytest.raises(Refused) as no:
        admit("/live/clinic/", cookies, now=now)
    assert no.value.status == 401


def test_whoever_left_opens_nothing_at_their_locked_desk(locked, dee, noor):
    signed_in(Browser(), noor).post(f"/settings/staff/{dee.pk}/send-off/")
    locked.post(UNLOCK, {"pin": PIN})
    assert locked.get("/today/").status_code == 302
    with working_in(dee.clinic_id):
        assert not Pin.objects.exists()


@pytest.mark.parametrize(
    "pin", ["123", "12345a", "1234567", "111111", "123456", "987654", "121212"]
)
def test_an_easy_pin_is_refused(web, dee, pin):
    signed_in(web, dee).post("/me/pin/", {"pin": pin, "again": pin})
    with working_in(dee.clinic_id):
        assert not Pin.objects.exists()


def test_two_that_differ_are_refused_and_one_can_be_taken_away(desk, dee):
    desk.post("/me/pin/", {"pin": "581203", "again": "581204"})
    with working_in(dee.clinic_id):
        assert shows_pin(dee, PIN), "the old one stays"
        assert not Pin.objects.filter(digest__contains=PIN).exists()
        desk.post("/me/pin/", {"do": "remove"})
        assert not Pin.objects.exists()
    assert desk.post(LOCK).url == "/me/pin/"


def test_a_pin_is_chosen_only_by_who_just_showed_that_it_is_them(desk, now):
    with clock.standing_at(now + timedelta(minutes=4)):
        desk.post("/here/")
    with clock.standing_at(now + timedelta(minutes=8)):
        desk.post("/here/")
    with clock.standing_at(now + timedelta(minutes=11)):
        answer = desk.post("/me/pin/", {"pin": "581203", "again": "581203"})
        assert answer.url.startswith("/sign-in/again/")


def test_signing_in_knows_the_pin(dee, harbour):
    from conftest import second_step, with_code_app

    with working_in(harbour):
        choose_pin(dee, PIN, now=clock.now())
    dee.user.set_password("tea before the first visit")
    dee.user.save()
    with_code_app(dee)
    web = Browser()
    web.post("/sign-in/", {"email": dee.user.email, "password": "tea before the first visit"})
    second_step(web, dee.user)
    assert web.session[presence.LOCKS] == "pin"
    assert "data-pad" in web.get("/today/").content.decode()
    assert SignedIn.objects.count() == 1


@pytest.mark.parametrize(("pin", "easy"), [("159260", False), ("470135", False), ("135135", True)])
def test_what_is_easy(pin, easy):
    assert is_easy(pin) is easy
