"""Addresses with a secret: looking changes nothing, guessing finds nothing."""

from datetime import timedelta

import pytest
from conftest import first_key

from alongside.access.actions.devices import add_device, end_device
from alongside.access.who import DEVICE_COOKIE
from alongside.clinics import clock
from alongside.office.actions.staff_links import invite, seat_link
from alongside.office.models import StaffLink
from alongside.people.models import Staff

PASSWORD = "tea before the first visit"


pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


@pytest.fixture
def dees_invitation(dee, noor, acting, here, now):
    return invite(dee, by=acting.staff(noor), now=now)


def test_looking_three_times_changes_nothing(web, dee, dees_invitation, here):
    before = list(StaffLink.objects.values())
    for _ in range(3):
        assert web.get(f"/invitation/{dees_invitation}/").status_code == 200
        assert web.head(f"/invitation/{dees_invitation}/").status_code == 200
    assert list(StaffLink.objects.values()) == before


def test_dee_chooses_a_password_and_is_in(web, dee, dees_invitation):
    answer = web.post(f"/invitation/{dees_invitation}/", {"password": PASSWORD})
    assert answer.url == "/sign-in/second/"
    first_key(web)
    assert web.get("/me/").status_code == 200
    dee.user.refresh_from_db()
    assert dee.user.check_password(PASSWORD)


def test_an_invitation_works_once_and_afterwards_looks_unknown(web, dees_invitation):
    web.post(f"/invitation/{dees_invitation}/", {"password": PASSWORD})
    used, unknown = web.get(f"/invitation/{dees_invitation}/"), web.get("/invitation/xyz/")
    assert used.status_code == unknown.status_code == 404
    assert used.content == unknown.content


def test_an_old_invitation_looks_unknown(web, dees_invitation, now):
    with clock.standing_at(now + timedelta(days=8)):
        assert web.get(f"/invitation/{dees_invitation}/").status_code == 404


def test_a_new_invitation_ends_the_old_one(web, dee, noor, acting, here, now, dees_invitation):
    newer = invite(dee, by=acting.staff(noor), now=now)
    assert web.get(f"/invitation/{dees_invitation}/").status_code == 404
    assert web.get(f"/invitation/{newer}/").status_code == 200


def test_another_clinics_invitation_cannot_take_over_an_account(
    web, charlie, noor, acting, here, now
):
    """Noor invites Charlie's address: she must not come to choose Charlie's password."""
    charlie.user.set_password(PASSWORD)
    charlie.user.save()
    here_too = Staff.objects.create(
        user=charlie.user, role="desk", name="Charlie", short_name="Charlie"
    )
    token = invite(here_too, by=acting.staff(noor), now=now)
    answer = web.post(f"/invitation/{token}/", {"password": "a password that noor chose"})
    assert answer.status_code == 200
    assert web.get("/me/").status_code == 302
    charlie.user.refresh_from_db()
    assert charlie.user.check_password(PASSWORD)


def test_who_is_deactivated_cannot_use_their_invitation(web, dee, dees_invitation, here):
    Staff.objects.filter(pk=dee.pk).update(is_active=False)
    assert web.get(f"/invitation/{dees_invitation}/").status_code == 404


def test_seats_are_taken_in_the_demo_only(web, dee, here, now, settings):
    token = seat_link(dee, now=now, lasts=timedelta(hours=12))
    assert web.post(f"/enter/{token}/").status_code == 404
    settings.DEMO = True
    assert web.get(f"/enter/{token}/").status_code == 200
    assert web.get("/me/").status_code == 302
    web.post(f"/enter/{token}/")
    assert web.get("/me/").status_code == 200


def test_an_address_for_one_thing_opens_no_other(web, dee, dees_invitation, here, now, settings):
    settings.DEMO = True
    seat = seat_link(dee, now=now, lasts=timedelta(hours=12))
    assert web.get(f"/enter/{dees_invitation}/").status_code == 404
    assert web.get(f"/invitation/{seat}/").status_code == 404
    assert web.get(f"/device/{seat}/").status_code == 404


@pytest.mark.parametrize("door", ["invitation", "device", "enter"])
def test_who_guesses_addresses_is_stopped_before_the_hundredth(web, db, harbour, door):
    answers = [web.get(f"/{door}/guess-{n}/").status_code for n in range(100)]
    assert set(answers) == {404, 429}
    assert 429 in answers[:99]


def test_secrets_are_kept_private(web, dees_invitation):
    answer = web.get(f"/invitation/{dees_invitation}/")
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"


def test_a_tablet_becomes_the_kiosk_by_the_button_only(web, noor, acting, here, now):
    device, token = add_device(name="Door", kind="kiosk", by=acting.staff(noor), now=now)
    assert DEVICE_COOKIE not in web.get(f"/device/{token}/").cookies
    answer = web.post(f"/device/{token}/")
    assert answer.url == "/kiosk/"
    cookie = answer.cookies[DEVICE_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert web.get("/").url == "/kiosk/"
    end_device(device, by=acting.staff(noor), now=now)
    assert web.get("/").url == "/sign-in/"


def test_a_screen_goes_to_the_screen_and_whoever_was_signed_in_is_out(
    web, sign_in, noor, acting, here, now
):
    _, token = add_device(name="Wall", kind="screen", by=acting.staff(noor), now=now)
    sign_in(web, noor)
    assert web.get("/").url != "/screen/"
    assert web.post(f"/device/{token}/").url == "/screen/"
    assert web.get("/").url == "/screen/"
    assert web.get("/me/").status_code == 403
