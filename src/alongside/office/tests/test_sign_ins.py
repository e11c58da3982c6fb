"""My sign-ins: one's own, each to be ended from here; nobody else's."""

from datetime import timedelta
from uuid import UUID

import pytest
from conftest import second_step, with_code_app
from django.test import Client as Browser

from alongside.audit.models import Entry
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.office.models import SignedIn
from alongside.people.models import Staff

PASSWORD = "tea before the first visit"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 16) Chrome/142.0 Mobile Safari/537.36"
PAGE, END = "/me/sign-ins/", "/me/sign-ins/end/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]


def comes_in(staff, agent=FIREFOX, address="203.0.113.9"):
    staff.user.set_password(PASSWORD)
    staff.user.save()
    with_code_app(staff)
    return again(staff, agent, address)


@pytest.fixture
def at_the_desk(dee):
    return comes_in(dee)


@pytest.fixture
def on_the_phone(dee, at_the_desk):
    return again(dee, PHONE, "198.51.100.7")


def again(staff, agent, address):
    web = Browser(headers={"user-agent": agent}, REMOTE_ADDR=address)
    web.post("/sign-in/", {"email": staff.user.email, "password": PASSWORD})
    assert second_step(web, staff.user).status_code == 302
    return web


def test_dee_knows_her_sessions_again(at_the_desk, on_the_phone):
    page = at_the_desk.get(PAGE).content.decode()
    assert "Firefox, Windows" in page
    assert "Chrome, Android" in page
    assert "203.0.113.*" in page
    assert "203.0.113.9" not in page
    assert page.count("this one") == 1
    assert page.index("Firefox") < page.index("Chrome"), "this one stands first"


def test_the_pages_speak_french(at_the_desk):
    at_the_desk.cookies["alongside-language"] = "fr"
    assert "Mes connexions" in at_the_desk.get(PAGE).content.decode()


def test_dee_ends_her_phone_from_the_desk(at_the_desk, on_the_phone, harbour):
    phone = SignedIn.objects.get(device="Chrome, Android")
    assert at_the_desk.post(END, {"which": str(phone.pk)}).status_code == 302
    assert on_the_phone.get("/me/").status_code == 302
    assert at_the_desk.get("/me/").status_code == 200
    with working_in(harbour):
        assert Entry.objects.filter(verb="people.end_session").count() == 1


def test_dee_ends_all_others_at_once(at_the_desk, on_the_phone, dee):
    tablet = again(dee, FIREFOX, "192.0.2.1")
    at_the_desk.post(END, {"which": "others"})
    assert [web.get("/me/").status_code for web in (at_the_desk, on_the_phone, tablet)] == [
        200,
        302,
        302,
    ]


@pytest.mark.parametrize("who", ["noor", "charlie"])
def test_nobody_ends_or_sees_another_persons_session(at_the_desk, who, request):
    other = comes_in(request.getfixturevalue(who), PHONE, "198.51.100.7")
    assert "203.0.113" not in other.get(PAGE).content.decode()
    dees = SignedIn.objects.get(device="Firefox, Windows")
    assert other.post(END, {"which": str(dees.pk)}).status_code == 404
    other.post(END, {"which": "others"})
    assert at_the_desk.get("/me/").status_code == 200


@pytest.mark.parametrize("which", ["", "nonsense", str(UUID(int=7))])
def test_a_session_that_is_not_there_is_not_found(at_the_desk, which):
    assert at_the_desk.post(END, {"which": which}).status_code == 404


def test_a_session_that_is_over_is_not_listed(at_the_desk, on_the_phone, now):
    with clock.standing_at(now + timedelta(minutes=50)):
        at_the_desk.get("/me/")
    with clock.standing_at(now + timedelta(minutes=70)):
        assert "Android" not in at_the_desk.get(PAGE).content.decode()


def test_what_a_header_says_is_never_shown(dee):
    web = comes_in(dee, agent="<b>Dee’s</b> own")
    page = web.get(PAGE).content.decode()
    assert "own</" not in page
    assert "An unknown device" in page


def test_going_on_in_another_clinic_does_not_begin_the_day_anew(at_the_desk, dee, hillside, now):
    with working_in(hillside):
        there = Staff.objects.create(user=dee.user, role="desk", name="Dee", short_name="Dee")
    with clock.standing_at(now + timedelta(minutes=59)):
        before = at_the_desk.session["ends"]
        at_the_desk.post("/choose-clinic/", {"works": str(there.pk)})
        assert at_the_desk.session["ends"] == before
    assert SignedIn.objects.filter(user=dee.user).count() == 1, "the old one is off the list"


def test_another_role_means_signing_in_anew(at_the_desk, noor, sign_in, web, dee, harbour):
    sign_in(web, noor)
    said = {"name": "Dee", "short_name": "Dee", "role": "trainer"}
    assert web.post(f"/settings/staff/{dee.pk}/", said).status_code == 302
    assert at_the_desk.get("/me/").status_code == 302


def test_another_name_does_not(at_the_desk, noor, sign_in, web, dee):
    """The negative control."""
    sign_in(web, noor)
    said = {"name": "Dee B", "short_name": "Dee", "role": "desk"}
    assert web.post(f"/settings/staff/{dee.pk}/", said).status_code == 302
    assert at_the_desk.get("/me/").status_code == 200


def test_ones_own_other_role_too_and_without_a_bare_error(dee, noor, harbour):
    with working_in(harbour):
        Staff.objects.filter(pk=dee.pk).update(role="manager")
    web = comes_in(noor)
    said = {"name": "Noor", "short_name": "Noor", "role": "desk"}
    assert web.post(f"/settings/staff/{noor.pk}/", said).status_code == 302
    assert web.get("/me/").status_code == 302


def test_a_manager_shortens_the_time_and_cannot_lengthen_it(web, noor, sign_in, harbour):
    sign_in(web, noor)
    page = "/settings/signing-in/"
    assert web.get(page).status_code == 200
    assert web.post(page, {"idle_minutes": "10", "longest_hours": "8"}).status_code == 302
    harbour.refresh_from_db()
    assert (harbour.stay_idle, harbour.stay_longest) == (timedelta(minutes=10), timedelta(hours=8))
    assert web.post(page, {"idle_minutes": "90", "longest_hours": "24"}).status_code == 422
    assert web.post(page, {"idle_minutes": "", "longest_hours": ""}).status_code == 302
    harbour.refresh_from_db()
    assert harbour.stay_idle is None


@pytest.mark.parametrize("who", ["dee", "charlie"])
def test_nobody_else_changes_the_time(web, who, sign_in, request, harbour):
    sign_in(web, request.getfixturevalue(who))
    assert web.post("/settings/signing-in/", {"idle_minutes": "10"}).status_code == 403
    harbour.refresh_from_db()
    assert harbour.stay_idle is None
