"""What the clinic offers: a manager writes it, everybody who treats reads it, two lose nothing."""

import pytest
from django.test import Client as Browser

from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.needs.models import Service


@pytest.fixture
def dee_too(dee, harbour):
    """Dee is a manager as well, for as long as Noor is away now and then."""
    with working_in(harbour):
        dee.role = "manager"
        dee.save()
    return dee


def typed(**more) -> dict[str, object]:
    """What a manager sends, from the page as it was at first."""
    return {
        "name": "Daily-living group",
        "kind": "group",
        "covers": ["d5", "d6"],
        "wait_days": "14",
        "is_open": "on",
        "version": "1",
    } | more


def stands(service) -> Service:
    with working_in(service.clinic_id):
        return Service.objects.get(pk=service.pk)


def test_noor_says_what_the_clinic_offers(web, sign_in, noor, harbour):
    sign_in(web, noor)
    sent = {"name": "Coping group", "kind": "group", "covers": ["b1", "d240"], "wait_days": "7"}
    answer = web.post("/services/new/", {**sent, "is_open": "on"}, follow=True)
    page = answer.content.decode()
    assert "Coping group" in page
    assert "“Mind, sleep and mood” and coping with stress" in page
    with working_in(harbour):
        made = Service.objects.get()
    assert web.get(f"/services/{made.pk}/").status_code == 200
    web.post(f"/services/{made.pk}/", {**sent, "version": "1"})
    assert "not offered now" in web.get("/services/").content.decode()


def test_a_service_needs_a_name_of_its_own_and_something_it_helps_with(
    web, sign_in, noor, daily_living
):
    sign_in(web, noor)
    answer = web.post("/services/new/", {"name": daily_living.name, "kind": "group"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose at least one thing that it helps with." in page
    twin = {"name": daily_living.name, "kind": "group", "covers": ["d5"], "wait_days": "0"}
    answer = web.post("/services/new/", twin)
    assert answer.status_code == 422
    assert "There is already a service with this name." in answer.content.decode()


def test_joon_reads_services_and_does_not_change_them(web, sign_in, joon, daily_living):
    sign_in(web, joon)
    assert "Daily-living group" in web.get("/services/").content.decode()
    assert web.get("/services/new/").status_code == 403
    assert web.post(f"/services/{daily_living.pk}/", {"name": "x"}).status_code == 403


def test_the_second_manager_sees_both_and_loses_nothing(web, sign_in, noor, dee_too, daily_living):
    there, other = f"/services/{daily_living.pk}/", Browser()
    sign_in(other, dee_too)
    sign_in(web, noor).post(there, typed(wait_days="7", covers=["d6", "d5"]))
    answer = other.post(there, typed(wait_days="21", covers=["d5"], is_open=""))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved" in page
    assert "<td>7</td><td>21</td>" in page
    assert "<td>yes</td><td>no</td>" in page
    both = "Washing, dressing, eating, Home, shopping, cooking"
    assert f"<td>{both}</td><td>Washing, dressing, eating</td>" in page
    assert "Daily-living group</td>" not in page
    assert stands(daily_living).wait_days == 7


def test_then_the_second_saves_knowingly(web, sign_in, noor, daily_living):
    there = f"/services/{daily_living.pk}/"
    sign_in(web, noor).post(there, typed(wait_days="7"))
    page = web.post(there, typed(wait_days="21")).content.decode()
    assert 'name="version" value="2"' in page
    assert 'value="21"' in page
    assert web.post(there, typed(wait_days="21", version="2")).status_code == 302
    now = stands(daily_living)
    assert (now.wait_days, now.version) == (21, 3)


def test_without_the_check_the_first_change_is_lost(web, sign_in, noor, daily_living):
    """The negative control: with the newest version always sent, nobody is asked."""
    there = f"/services/{daily_living.pk}/"
    sign_in(web, noor).post(there, typed(wait_days="7"))
    web.post(there, typed(wait_days="21", version="2"))
    assert stands(daily_living).wait_days == 21


def test_who_changes_nothing_hinders_nobody(web, sign_in, noor, daily_living, harbour):
    there = f"/services/{daily_living.pk}/"
    sign_in(web, noor).post(there, typed())
    assert stands(daily_living).version == 1
    web.post(there, typed(wait_days="7"))
    with working_in(harbour):
        (entry,) = Entry.objects.filter(verb="needs.keep_service")
    assert entry.detail == {"fields": ["wait_days"]}


def test_charlie_changes_no_service_here(web, sign_in, charlie, hillside, daily_living):
    with working_in(hillside):
        charlie.role = "manager"
        charlie.save()
    sign_in(web, charlie)
    assert web.post(f"/services/{daily_living.pk}/", typed(wait_days="7")).status_code == 404
    assert stands(daily_living).wait_days == 14
