"""The door for staff: one answer for every mistake, few tries, and it closes by itself."""

from datetime import timedelta
from unittest import mock

import pytest
from conftest import second_step, with_code_app

from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.office.actions import knock as knocks
from alongside.office.actions.sessions import end_sessions
from alongside.office.models import Knock, SignedIn
from alongside.people.models import Staff, User

PASSWORD = "tea before the first visit"


pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


@pytest.fixture
def dees_password(dee):
    dee.user.set_password(PASSWORD)
    dee.user.save()
    with_code_app(dee)
    return PASSWORD


def try_in(web, email, password, **more):
    """Type the address and the password; and what the code app shows, where it is asked for."""
    answer = web.post("/sign-in/", {"email": email, "password": password, **more})
    if answer.status_code == 302:
        assert answer.url == "/sign-in/second/"
        return second_step(web, User.objects.get(email=email.strip().lower()))
    return answer


def test_dee_signs_in_however_she_writes_her_address(web, dee, dees_password):
    answer = try_in(web, " DEE@example.org", dees_password)
    assert answer.status_code == 302
    assert answer.url == "/"
    assert web.get("/me/").status_code == 200


def test_signing_in_is_on_record(web, dee, dees_password, here):
    from alongside.audit.models import Entry

    try_in(web, dee.user.email, dees_password)
    assert [entry.verb for entry in Entry.objects.all()] == ["people.sign_in"]


def test_every_mistake_gets_the_same_answer(web, dee, dees_password):
    dee.user.is_active = True
    answers = [
        try_in(web, dee.user.email, "not the password"),
        try_in(web, "nobody@example.org", "not the password"),
    ]
    said = [answer.content.decode() for answer in answers]
    assert all("do not go together" in text for text in said)
    assert all(answer.status_code == 200 for answer in answers)


def test_who_works_nowhere_any_more_gets_that_answer_too(web, dee, dees_password, here):
    Staff.objects.filter(pk=dee.pk).update(is_active=False)
    assert b"do not go together" in try_in(web, dee.user.email, dees_password).content


def test_of_200_wrong_tries_ten_reach_the_hasher(web, dee, dees_password):
    with mock.patch("alongside.people.models.User.check_password", return_value=False) as hasher:
        answers = [try_in(web, dee.user.email, f"guess {n}").status_code for n in range(200)]
    assert hasher.call_count <= 10
    assert answers.count(429) == 190


def test_of_200_tries_at_names_nobody_has_ten_reach_the_hasher(web, dee, dees_password):
    with mock.patch("alongside.people.models.User.set_password") as hasher:
        for n in range(200):
            try_in(web, f"nobody{n}@example.org", "guess")
    assert hasher.call_count == 10


def test_without_the_limit_every_try_reaches_the_hasher(web, dee, dees_password):
    with (
        mock.patch("alongside.people.models.User.check_password", return_value=False) as hasher,
        mock.patch("alongside.office.actions.sign_in.knock", return_value=[]),
    ):
        for n in range(30):
            try_in(web, dee.user.email, f"guess {n}")
    assert hasher.call_count == 30


def test_somebody_else_hammering_does_not_end_dees_session(web, dee, dees_password, db):
    from django.test import Client as Browser

    try_in(web, dee.user.email, dees_password)
    for n in range(30):
        try_in(Browser(), dee.user.email, f"guess {n}")
    assert web.get("/me/").status_code == 200


def test_after_ten_minutes_dee_may_try_again(web, dee, dees_password, now):
    for n in range(15):
        try_in(web, dee.user.email, f"guess {n}")
    assert try_in(web, dee.user.email, dees_password).status_code == 429
    with clock.standing_at(now + timedelta(minutes=10, seconds=1)):
        assert try_in(web, dee.user.email, dees_password).status_code == 302


def test_a_whole_team_signs_in_from_one_address(web, dee, dees_password):
    from django.test import Client as Browser

    answers = [try_in(Browser(), dee.user.email, dees_password).status_code for _ in range(25)]
    assert answers == [302] * 25
    assert Knock.objects.count() == 0


def test_what_was_typed_at_the_door_is_not_kept(web, dee, now):
    knocks.knock("account:amara@example.org", now=now)
    assert "amara" not in Knock.objects.get().who


@pytest.mark.parametrize("there", ["https://elsewhere.org/", "//elsewhere.org", "javascript:1", ""])
def test_nobody_is_led_away_to_another_host(web, dee, dees_password, there):
    assert try_in(web, dee.user.email, dees_password, next=there).url == "/"


def test_dee_comes_to_where_she_wanted_to_go(web, dee, dees_password):
    answer = web.get("/me/")
    assert answer.url == "/sign-in/?next=%2Fme%2F"
    assert try_in(web, dee.user.email, dees_password, next="/me/").url == "/me/"


def test_signing_in_gives_a_new_key_and_nothing_old_survives(web, dee, dees_password):
    web.get("/sign-in/")
    session = web.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    try_in(web, dee.user.email, dees_password)
    assert web.session.session_key != before
    assert "planted" not in web.session


def test_signing_out_ends_the_session_on_the_server(web, dee, dees_password):
    try_in(web, dee.user.email, dees_password)
    cookies = web.cookies.copy()
    assert web.get("/sign-out/").status_code in (403, 405)
    web.post("/sign-out/")
    web.cookies = cookies
    assert web.get("/me/").status_code == 302
    assert SignedIn.objects.count() == 0


def test_an_hour_without_a_touch_ends_it(web, dee, dees_password, now):
    try_in(web, dee.user.email, dees_password)
    web.get("/me/")
    with clock.standing_at(now + timedelta(minutes=59)):
        assert web.get("/me/").status_code == 200
    with clock.standing_at(now + timedelta(minutes=59 + 61)):
        assert web.get("/me/").url.startswith("/sign-in/")
        assert web.post("/me/").status_code == 403


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(web, dee, dees_password, now):
    try_in(web, dee.user.email, dees_password)
    web.get("/me/")
    for minute in range(1, 60, 5):
        with clock.standing_at(now + timedelta(minutes=minute)):
            assert web.get("/live/clinic/").status_code == 200
    with clock.standing_at(now + timedelta(minutes=61)):
        assert web.get("/live/clinic/?background=0").status_code == 401
        assert web.get("/me/").status_code == 302


def test_twelve_hours_end_it_however_busy(web, dee, dees_password, now):
    try_in(web, dee.user.email, dees_password)
    for half_hours in range(24):
        with clock.standing_at(now + timedelta(minutes=30 * half_hours)):
            assert web.get("/me/").status_code == 200
    with clock.standing_at(now + timedelta(hours=12, seconds=1)):
        assert web.get("/me/").status_code == 302


def test_after_it_ended_dee_signs_in_afresh(web, dee, dees_password, now):
    try_in(web, dee.user.email, dees_password)
    web.get("/me/")
    with clock.standing_at(now + timedelta(hours=13)):
        assert try_in(web, dee.user.email, dees_password).status_code == 302
        assert web.get("/me/").status_code == 200


def test_who_works_in_two_clinics_chooses_and_sees_one(web, dee, dees_password, hillside):
    with working_in(hillside):
        there = Staff.objects.create(user=dee.user, role="manager", name="Dee", short_name="Dee")
    answer = try_in(web, dee.user.email, dees_password)
    assert answer.url.startswith("/choose-clinic/")
    assert b"Hillside" in web.get(answer.url).content
    web.post("/choose-clinic/", {"works": str(there.pk)})
    page = web.get("/me/").content.decode()
    assert "Hillside Rehab" in page
    assert "Manager" in page


def test_nobody_chooses_a_clinic_they_do_not_work_in(web, dee, dees_password, charlie):
    try_in(web, dee.user.email, dees_password)
    web.post("/choose-clinic/", {"works": str(charlie.pk)})
    assert b"Hillside" not in web.get("/me/").content


def test_ending_all_sessions_ends_them_at_once(web, dee, dees_password):
    try_in(web, dee.user.email, dees_password)
    assert end_sessions(dee.user) == 1
    assert web.get("/me/").status_code == 302


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(web, dee, dees_password):
    from django.test import Client as Browser

    other = Browser()
    try_in(web, dee.user.email, dees_password)
    try_in(other, dee.user.email, dees_password)
    new = "the kettle is always warm"
    assert web.post("/me/", {"old": "wrong", "password": new}).status_code == 200
    assert other.get("/me/").status_code == 200
    assert web.post("/me/", {"old": dees_password, "password": new}).status_code == 302
    assert web.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302


def test_a_short_password_is_refused_with_a_reason(web, dee, dees_password):
    try_in(web, dee.user.email, dees_password)
    answer = web.post("/me/", {"old": dees_password, "password": "short"})
    assert b"at least 12" in answer.content


def test_the_first_page_knows_where_each_belongs(web, db):
    assert web.get("/").url == "/set-up/"


def test_a_stranger_is_sent_to_the_door(web, harbour):
    assert web.get("/").url == "/sign-in/"


@pytest.fixture
def hashed(monkeypatch):
    """Count what reaches the hasher, whichever way it goes in."""
    from alongside.people.hashers import SmallArgon2

    count = []
    for name in ("encode", "verify"):
        method = getattr(SmallArgon2, name)

        def counting(self, *args, _method=method, **more):
            count.append(1)
            return _method(self, *args, **more)

        monkeypatch.setattr(SmallArgon2, name, counting)
    return count


@pytest.mark.parametrize("who", ["right account", "unknown", "no password yet", "left", "shut out"])
def test_every_wrong_try_costs_the_same_one_hash(web, dee, dees_password, who, hashed, here):
    """The same work for an account that is there and one that is not: the time tells nothing."""
    email = "nobody@example.org" if who == "unknown" else dee.user.email
    if who == "no password yet":
        dee.user.set_unusable_password()
        dee.user.save()
    if who == "left":
        Staff.objects.filter(pk=dee.pk).update(is_active=False)
    if who == "shut out":
        dee.user.is_active = False
        dee.user.save()
    hashed.clear()
    answer = try_in(web, email, "not the password")
    assert b"do not go together" in answer.content
    assert len(hashed) == 1


def test_an_ipv6_line_with_many_addresses_counts_as_one(web, dee, dees_password, hashed):
    hashed.clear()
    for n in range(60):
        web.post(
            "/sign-in/",
            {"email": f"nobody{n}@example.org", "password": "guess"},
            REMOTE_ADDR=f"2001:db8::{n:x}",
        )
    assert len(hashed) == 10
