"""A therapist's calendar feed: a secret address, times and first names, nothing else."""

from datetime import timedelta

import pytest
from conftest import NOW, book_for
from django.core.exceptions import PermissionDenied
from icalendar import Calendar

from alongside.audit.models import Entry
from alongside.clinics.current import NoClinic, working_in
from alongside.people.models import Staff
from alongside.visits.actions.feed import end_feed, make_feed
from alongside.visits.models import State, Visit

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


@pytest.fixture
def address(joon, acting, amara, luc):
    book_for(amara, joon, NOW + timedelta(days=1), asked_for="CNRY")
    book_for(luc, joon, NOW + timedelta(days=2), state=State.CANCELLED)
    with working_in(joon.clinic_id):
        return f"/calendar/{make_feed(joon, by=acting.staff(joon), now=NOW)}.ics"


def test_the_feed_holds_times_and_first_names_only(web, address):
    answer = web.get(address)
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["summary"]) == "Amara"
    assert event["dtstart"].dt == NOW + timedelta(days=1)
    for canary in (b"Diallo", b"CNRY", b"Luc", b"Visit"):
        assert canary not in answer.content
    assert "no-cache" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_the_feed_is_read_again_only_when_something_changed(web, address, harbour):
    mark = web.get(address)["ETag"]
    assert web.get(address, headers={"If-None-Match": mark}).status_code == 304
    with working_in(harbour):
        Visit.objects.filter(state=State.BOOKED).update(version=7)
    assert web.get(address, headers={"If-None-Match": mark}).status_code == 200


def test_reading_the_feed_is_on_record(web, address, joon, amara):
    web.get(address)
    with working_in(joon.clinic_id):
        seen = Entry.objects.get(verb="visits.read_feed")
        assert (seen.actor_id, seen.client_key) == (joon.pk, amara.pk)


def test_a_new_address_closes_the_old_one(web, address, joon, acting):
    with working_in(joon.clinic_id):
        make_feed(joon, by=acting.staff(joon), now=NOW)
    assert web.get(address).status_code == 404


def test_an_ended_address_and_one_of_somebody_who_left_open_nothing(web, address, joon, acting):
    with working_in(joon.clinic_id):
        Staff.objects.filter(pk=joon.pk).update(is_active=False)
        assert web.get(address).status_code == 404
        Staff.objects.filter(pk=joon.pk).update(is_active=True)
        assert web.get(address).status_code == 200
        end_feed(joon, by=acting.staff(joon), now=NOW)
    assert web.get(address).status_code == 404


def test_somebody_who_may_not_sign_in_any_more_has_no_feed(web, address, joon):
    joon.user.is_active = False
    joon.user.save()
    assert web.get(address).status_code == 404


@pytest.mark.parametrize("token", ["x" * 24, "x", "%00", "a" * 500])
def test_a_made_up_address_opens_nothing(web, address, token):
    assert web.get(f"/calendar/{token}.ics").status_code == 404


def test_nobody_without_an_address_has_a_feed(web, joon, charlie):
    """An empty digest must not be found by the digest of something."""
    assert web.get("/calendar/.ics").status_code == 404


def test_only_oneself_or_a_manager_makes_or_ends_an_address(joon, dee, noor, charlie, acting):
    with working_in(joon.clinic_id):
        for act in (make_feed, end_feed):
            with pytest.raises(PermissionDenied):
                act(joon, by=acting.staff(dee), now=NOW)
        end_feed(joon, by=acting.staff(noor), now=NOW)
    with working_in(charlie.clinic_id), pytest.raises(NoClinic):
        make_feed(joon, by=acting.staff(charlie), now=NOW)


def test_joon_makes_and_closes_his_address_on_his_own_page(web, sign_in, joon):
    sign_in(web, joon)
    page = web.post("/calendar/", {"do": "make"}).content.decode()
    shown = page.partition('id="address" readonly value="')[2].partition('"')[0]
    path = "/calendar/" + shown.partition("/calendar/")[2]
    assert web.get(path).status_code == 200
    assert shown not in web.get("/calendar/").content.decode()
    web.post("/calendar/", {"do": "end"})
    assert web.get(path).status_code == 404
