"""The first run: one page makes a clinic, for whoever started it and for nobody else."""

import pytest
from conftest import first_key

from alongside.clinics.current import across_clinics, working_in
from alongside.clinics.models import Clinic, OpeningHours, Room, VisitKind
from alongside.office.actions.setup_code import current_code, offer_code
from alongside.people.models import Staff, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten", "data")]
PASSWORD = "tea before the first visit"


@pytest.fixture
def data(tmp_path, settings):
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def code(db, data):
    return offer_code()


def typed(code, **more):
    """What Noor types."""
    page = {
        "code": code,
        "name": "Harbour Street OT",
        "sender_name": "Harbour Street",
        "zone_name": "Europe/Paris",
        "languages": ["en", "fr"],
        "phone": "+33 1 23 45 67 89",
        "address": "1 Harbour Street",
        "way_in": "The blue door.",
        "way_in_fr": "La porte bleue.",
        "bring": "Your glasses.",
        "bring_fr": "Vos lunettes.",
        "rooms": "Room 1\nRoom 2\n\nRoom 1",
        "kinds-TOTAL_FORMS": "3",
        "kinds-INITIAL_FORMS": "2",
        "kinds-0-name": "First visit",
        "kinds-0-name_fr": "Première séance",
        "kinds-0-minutes": "60",
        "kinds-0-is_first": "on",
        "kinds-1-name": "Visit",
        "kinds-1-name_fr": "Séance",
        "kinds-1-minutes": "45",
        "you-name": "Noor",
        "you-email": "noor@example.org",
        "you-password": PASSWORD,
        "team-TOTAL_FORMS": "2",
        "team-INITIAL_FORMS": "0",
        "team-0-name": "Dee",
        "team-0-email": "dee@example.org",
        "team-0-role": "desk",
    }
    for day in range(5):
        page |= {f"d{day}_0": "08:00", f"d{day}_1": "12:00", f"d{day}_2": "13:00"}
        page |= {f"d{day}_3": "17:00"}
    return page | more


def test_a_new_installation_begins_with_the_set_up(web):
    assert web.get("/").url == "/set-up/"
    assert web.get("/set-up/").status_code == 200


def test_noor_sets_up_the_clinic_and_is_signed_in(web, code):
    answer = web.post("/set-up/", typed(code))
    assert answer.status_code == 200, answer.content.decode()
    clinic = Clinic.objects.get()
    assert clinic.way_in_fr == "La porte bleue."
    with working_in(clinic):
        assert [room.name for room in Room.objects.all()] == ["Room 1", "Room 2"]
        assert VisitKind.objects.get(is_first=True).planned.total_seconds() == 3600
        assert OpeningHours.objects.count() == 10
        assert {one.name: one.role for one in Staff.objects.all()} == {
            "Noor": "manager",
            "Dee": "desk",
        }
    assert web.get("/me/").status_code == 302, "she has nothing to show yet but her password"
    assert first_key(web).url == "/me/recovery-codes/?next=%2F"
    assert web.get("/me/").status_code == 200


def test_dees_address_is_shown_once_and_lets_her_in(web, code):
    from django.test import Client as Browser

    page = web.post("/set-up/", typed(code)).content.decode()
    path = page.split("/invitation/")[1].split("/")[0]
    dee = Browser()
    dee.post(f"/invitation/{path}/", {"password": "another good password"})
    first_key(dee)
    assert dee.get("/me/").status_code == 200


def test_afterwards_the_page_is_gone_for_everybody(web, code):
    web.post("/set-up/", typed(code))
    assert web.get("/set-up/").status_code == 404
    assert web.post("/set-up/", typed(code)).status_code == 404
    assert Clinic.objects.count() == 1


def test_the_code_is_used_up(web, code, data):
    web.post("/set-up/", typed(code))
    assert not (data / "setup-code").exists()
    assert offer_code() is None


def test_the_code_is_read_by_its_owner_only(code, data):
    assert (data / "setup-code").stat().st_mode & 0o777 == 0o600


def test_asked_again_it_is_the_same_code(code):
    assert offer_code() == code == current_code()


def test_who_did_not_start_it_cannot_set_it_up(web, code):
    assert web.post("/set-up/", typed("AAAAA-AAAAA-AAAAA-AAAAA")).status_code == 422
    assert web.post("/set-up/", typed("")).status_code == 422
    assert not Clinic.objects.exists()


def test_without_a_code_nobody_can(web):
    assert web.post("/set-up/", typed("")).status_code == 422
    assert not Clinic.objects.exists()


def test_guessing_the_code_ends_after_ten_tries(web, code):
    for n in range(10):
        web.post("/set-up/", typed(f"guess-{n}"))
    assert "Too many tries" in web.post("/set-up/", typed(code)).content.decode()
    assert not Clinic.objects.exists()


def test_the_code_may_be_typed_as_it_is_read(web, code):
    assert web.post("/set-up/", typed(code.lower().replace("-", " "))).status_code == 200


WRONG = {
    "no such zone": ({"zone_name": "Europe/Harbour"}, "is not a time zone we know"),
    "closes before it opens": ({"d0_1": "07:00"}, "close after it opens"),
    "opens and never closes": ({"d2_3": ""}, "Give both times"),
    "no language": ({"languages": []}, "at least one language"),
    "a kind without minutes": ({"kinds-2-name": "Group"}, "how many minutes"),
    "a kind twice": ({"kinds-2-name": "visit", "kinds-2-minutes": "30"}, "already on the list"),
    "a short password": ({"you-password": "short"}, "at least 12"),
    "her name as password": ({"you-password": "noor@example.org"}, "too similar"),
    "a colleague without address": ({"team-1-name": "Joon"}, "both the name and the e-mail"),
    "Noor on her own list": (
        {"team-1-name": "N", "team-1-email": "noor@example.org"},
        "one person",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(web, code, case):
    change, said = WRONG[case]
    answer = web.post("/set-up/", typed(code, **change))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    for value in ("La porte bleue.", "Room 2", "Première séance", "dee@example.org"):
        assert value in page
    assert change.get("you-password", PASSWORD) in page
    with across_clinics("a test looks everywhere"):
        assert not Clinic.objects.exists()
        assert not Staff.objects.exists()
    assert not User.objects.exists()


def test_it_is_on_record(web, code):
    from alongside.audit.models import Entry

    web.post("/set-up/", typed(code))
    first_key(web)
    with working_in(Clinic.objects.get()):
        verbs = {entry.verb for entry in Entry.objects.all()}
    assert {"clinics.set_up", "people.add_staff", "people.invite", "people.sign_in"} <= verbs


def test_every_field_has_a_hint_or_a_heading_that_gives_it(web):
    page = web.get("/set-up/").content.decode()
    assert page.count('class="hint"') >= 14
