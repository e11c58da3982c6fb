"""The settings: for managers, in their own clinic, each change on record."""

import uuid
from datetime import time, timedelta

import pytest
from conftest import book_for, first_key, second_step, with_code_app

from alongside.access.models import Device
from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic, OpeningHours, Room, VisitKind
from alongside.keys.actions.pin import choose_pin
from alongside.keys.models import Pin
from alongside.office.models import SignedIn, StaffLink
from alongside.people.actions.add_user import add_user
from alongside.people.models import Staff, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]

ABOUT = {
    "name": "Harbour Street OT",
    "sender_name": "Harbour",
    "zone_name": "Europe/Helsinki",
    "languages": ["en"],
    "way_in": "Now by the red door.",
}
ROOMS = {"rooms-TOTAL_FORMS": "1", "rooms-INITIAL_FORMS": "0", "rooms-0-name": "Kitchen"}
KINDS = {
    "kinds-TOTAL_FORMS": "1",
    "kinds-INITIAL_FORMS": "0",
    "kinds-0-name": "Group",
    "kinds-0-minutes": "90",
}
LETTERS = {"remind_hours": 48, "change_hours": 4, "quiet_from": "21:00", "quiet_to": "07:30"}
NEW = {"name": "Priya", "email": "priya@example.org", "role": "therapist"}
SENT = {
    "clinic/": ABOUT,
    "hours/": {"d0_0": "09:00", "d0_1": "12:00"},
    "rooms/": ROOMS,
    "kinds/": KINDS,
    "messages/": LETTERS,
    "parts/": {},
    "staff/": NEW,
    "devices/": {"name": "Door", "kind": "kiosk"},
    "poster/": {},
}
LOOKED_AT = (Clinic, OpeningHours, Room, VisitKind, Staff, Device, StaffLink, User)


def picture(clinic):
    """Everything that the settings may change, to see that nothing did."""
    with working_in(clinic):
        return [sorted(map(str, model.objects.values())) for model in LOOKED_AT]


@pytest.fixture
def mika(hillside):
    """Mika manages the other clinic."""
    user = add_user("mika@example.org", name="Mika")
    with working_in(hillside):
        return Staff.objects.create(user=user, role="manager", name="Mika", short_name="Mika")


def test_noor_changes_what_the_clinic_says(web, sign_in, noor, harbour, here):
    assert sign_in(web, noor).post("/settings/clinic/", ABOUT).status_code == 302
    harbour.refresh_from_db()
    assert harbour.way_in == "Now by the red door."
    assert harbour.zone_name == "Europe/Helsinki"
    assert "way_in" in Entry.objects.get(verb="clinics.change").detail["fields"]


def test_noor_changes_the_week(web, sign_in, noor, here):
    sign_in(web, noor).post("/settings/hours/", SENT["hours/"])
    only = OpeningHours.objects.get()
    assert (only.weekday, only.opens, only.closes) == (0, time(9), time(12))


def test_noor_changes_rooms(web, sign_in, noor, here):
    rows = {"rooms-TOTAL_FORMS": "3", "rooms-INITIAL_FORMS": "2"}
    first, second = Room.objects.all()
    rows |= {"rooms-0-id": str(first.pk), "rooms-0-name": "Kitchen"}
    rows |= {"rooms-1-id": str(second.pk), "rooms-1-name": second.name, "rooms-1-remove": "on"}
    rows |= {"rooms-2-name": "Garden"}
    assert sign_in(web, noor).post("/settings/rooms/", rows).status_code == 302
    assert {room.name for room in Room.objects.all()} == {"Kitchen", "Garden"}
    assert Room.objects.get(name="Kitchen").pk == first.pk


def test_a_kind_with_visits_stays_and_the_page_says_why(web, sign_in, noor, amara, joon, now, here):
    visit = book_for(amara, joon, now)
    rows = {"kinds-TOTAL_FORMS": "1", "kinds-INITIAL_FORMS": "1", "kinds-0-remove": "on"}
    rows |= {"kinds-0-id": str(visit.kind_id), "kinds-0-name": "Visit", "kinds-0-minutes": "45"}
    answer = sign_in(web, noor).post("/settings/kinds/", rows)
    assert answer.status_code == 422
    assert "There are visits with it" in answer.content.decode()
    assert VisitKind.objects.filter(pk=visit.kind_id).exists()


def test_noor_changes_when_we_write(web, sign_in, noor, harbour):
    sign_in(web, noor).post("/settings/messages/", LETTERS)
    harbour.refresh_from_db()
    assert harbour.remind_before == timedelta(days=2)
    assert harbour.change_until == timedelta(hours=4)
    assert harbour.quiet_to == time(7, 30)


def test_a_part_is_switched_off_and_on(web, sign_in, noor, harbour, monkeypatch):
    from alongside.parts import registry
    from alongside.parts.part import Part

    monkeypatch.setattr(registry, "_parts", {"plants": Part(name="plants", label="P", about="p")})
    sign_in(web, noor).post("/settings/parts/", {"sent": "1"})
    harbour.refresh_from_db()
    assert harbour.parts_off == ["plants"]
    web.post("/settings/parts/", {"plants": "on"})
    harbour.refresh_from_db()
    assert harbour.parts_off == []


def test_noor_adds_a_colleague_who_comes_in_by_an_address_shown_once(web, sign_in, noor, here):
    from django.test import Client as Browser

    page = sign_in(web, noor).post("/settings/staff/", NEW).content.decode()
    token = page.split("/invitation/")[1].split("/")[0].split("<")[0]
    assert "<svg" in page
    assert " style=" not in page
    assert token not in web.get("/settings/staff/").content.decode()
    priya = Browser()
    priya.post(f"/invitation/{token}/", {"password": "a good long password"})
    first_key(priya)
    assert priya.get("/me/").status_code == 200


def test_a_colleague_twice_is_refused_and_what_was_typed_stays(web, sign_in, noor, dee):
    answer = sign_in(web, noor).post("/settings/staff/", NEW | {"email": dee.user.email.upper()})
    assert answer.status_code == 422
    assert 'value="Priya"' in answer.content.decode()


def test_a_new_role_counts_at_once(web, sign_in, noor, dee):
    from django.test import Client as Browser

    hers = sign_in(Browser(), dee)
    assert hers.get("/settings/").status_code == 403
    change = {"name": "Dee", "short_name": "Dee", "role": "manager"}
    sign_in(web, noor).post(f"/settings/staff/{dee.pk}/", change)
    assert hers.get("/settings/").status_code == 200


def test_one_manager_stays(web, sign_in, noor, dee, here):
    change = {"name": "Noor", "short_name": "Noor", "role": "desk"}
    answer = sign_in(web, noor).post(f"/settings/staff/{noor.pk}/", change)
    assert "Make another person manager first" in answer.content.decode()
    web.post(f"/settings/staff/{noor.pk}/send-off/")
    noor.refresh_from_db()
    assert (noor.role, noor.is_active) == ("manager", True)


def test_who_is_sent_off_is_out_everywhere_at_once(web, sign_in, noor, dee, here, now):
    """Every way in that a person can hold is tried again after it ended."""
    from django.test import Client as Browser

    from alongside.office.actions.staff_links import seat_link

    password = "tea before the first visit"
    dee.user.set_password(password)
    dee.user.save()
    with_code_app(dee)
    choose_pin(dee, "470135", now=now)
    Staff.objects.filter(pk=dee.pk).update(feed_digest="x" * 64)
    seat = seat_link(dee, now=now, lasts=timedelta(hours=1))
    sessions = [Browser(), Browser()]
    for one in sessions:
        one.post("/sign-in/", {"email": dee.user.email, "password": password})
        second_step(one, dee.user)
        assert one.get("/me/").status_code == 200
    sign_in(web, noor).post(f"/settings/staff/{dee.pk}/send-off/")
    for one in sessions:
        assert one.get("/me/").status_code == 302
    assert not SignedIn.objects.filter(user=dee.user).exists()
    again = Browser().post("/sign-in/", {"email": dee.user.email, "password": password})
    assert "do not go together" in again.content.decode()
    assert Browser().get(f"/enter/{seat}/").status_code == 404
    assert not StaffLink.objects.filter(staff=dee, ended_at=None).exists()
    assert Staff.objects.get(pk=dee.pk).feed_digest == ""
    assert not Pin.objects.exists()


def test_the_test_before_knows_every_way_in():
    """A new kind of way in must be ended too: whatever refers to a person or a session."""
    from django.apps import apps

    ways = {
        model.__name__
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name in ("digest", "feed_digest", "session_key")
    }
    # No member of staff holds Device, Link, CameIn, OwnPasskey. Entry, Head: the chain itself.
    others = {"Device", "Link", "CameIn", "OwnPasskey", "Entry", "Head"}
    assert ways - others == {"Pin", "Session", "SignedIn", "Staff", "StaffLink"}


def test_welcomed_back_dee_needs_a_new_invitation(web, sign_in, noor, dee, here):
    sign_in(web, noor).post(f"/settings/staff/{dee.pk}/send-off/")
    page = web.post(f"/settings/staff/{dee.pk}/link/").content.decode()
    assert "/invitation/" in page
    dee.refresh_from_db()
    assert dee.is_active


def test_a_forgotten_password_is_replaced_by_an_invitation(web, sign_in, noor, dee):
    from django.test import Client as Browser

    dee.user.set_password("tea before the first visit")
    dee.user.save()
    page = sign_in(web, noor).post(f"/settings/staff/{dee.pk}/link/").content.decode()
    token = page.split("/invitation/")[1].split("/")[0]
    hers = Browser()
    hers.post(f"/invitation/{token}/", {"password": "the kettle is always warm"})
    first_key(hers)
    assert hers.get("/me/").status_code == 200


def test_a_password_that_opens_another_clinic_is_not_noors_to_take(
    web, sign_in, noor, charlie, here
):
    charlie.user.set_password("tea before the first visit")
    charlie.user.save()
    too = Staff.objects.create(user=charlie.user, role="desk", name="Charlie", short_name="C")
    sign_in(web, noor).post(f"/settings/staff/{too.pk}/link/")
    charlie.user.refresh_from_db()
    assert charlie.user.check_password("tea before the first visit")


def test_a_kiosk_is_added_and_removed(web, sign_in, noor, here):
    page = sign_in(web, noor).post("/settings/devices/", SENT["devices/"]).content.decode()
    assert "/device/" in page
    assert web.post("/settings/devices/", SENT["devices/"]).status_code == 422
    device = Device.objects.get()
    web.post(f"/settings/devices/{device.pk}/remove/")
    device.refresh_from_db()
    assert device.ended_at is not None


def test_the_poster_leads_to_the_door_and_may_get_a_new_address(web, sign_in, noor, harbour):
    before = harbour.door_code
    page = sign_in(web, noor).get("/settings/poster/").content.decode()
    assert f"/door/{before}/" in page
    assert 'lang="fr"' in page
    web.post("/settings/poster/")
    harbour.refresh_from_db()
    assert harbour.door_code != before


@pytest.mark.parametrize("page", SENT)
@pytest.mark.parametrize("who", ["dee", "joon"])
def test_only_managers_change_the_settings(web, sign_in, request, harbour, who, page):
    sign_in(web, request.getfixturevalue(who))
    before = picture(harbour)
    assert web.post(f"/settings/{page}", SENT[page]).status_code == 403
    assert web.get(f"/settings/{page}").status_code == 403
    assert picture(harbour) == before


@pytest.mark.parametrize("page", SENT)
def test_the_other_clinics_manager_changes_only_theirs(
    web, sign_in, mika, harbour, noor, monkeypatch, page
):
    before = picture(harbour)[1:-1]
    mine = str(Clinic.objects.values().get(pk=harbour.pk))
    assert sign_in(web, mika).post(f"/settings/{page}", SENT[page]).status_code in (200, 302)
    assert picture(harbour)[1:-1] == before
    assert str(Clinic.objects.values().get(pk=harbour.pk)) == mine


@pytest.mark.parametrize("end", ["", "send-off/", "link/"])
def test_another_clinics_colleague_is_as_unknown_as_nobody(web, sign_in, mika, dee, harbour, end):
    sign_in(web, mika)
    before = picture(harbour)
    real = web.post(f"/settings/staff/{dee.pk}/{end}", {"name": "X"})
    none = web.post(f"/settings/staff/{uuid.uuid4()}/{end}", {"name": "X"})
    assert real.status_code == none.status_code == 404
    assert real.content == none.content
    assert picture(harbour) == before


def test_another_clinics_room_is_as_unknown_as_nobodys(web, sign_in, mika, harbour):
    with working_in(harbour):
        theirs = Room.objects.first()
    rows = {"rooms-TOTAL_FORMS": "1", "rooms-INITIAL_FORMS": "1", "rooms-0-name": "Taken"}
    sign_in(web, mika)
    before = picture(harbour)
    answers = [
        web.post("/settings/rooms/", rows | {"rooms-0-id": str(key)}).status_code
        for key in (theirs.pk, uuid.uuid4())
    ]
    assert answers == [404, 404]
    assert picture(harbour) == before
