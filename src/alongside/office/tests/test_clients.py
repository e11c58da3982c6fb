"""Clients and their cards: found, never overwritten unseen, and every look on record."""

import re
import uuid

import pytest
from django.db import connection

from alongside.audit.models import Entry
from alongside.clinics import current
from alongside.clinics.current import working_in
from alongside.clinics.tests.owner import take_the_walls_down
from alongside.people.actions.add_user import add_user
from alongside.people.models import Card, Client, Staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]


@pytest.fixture
def trainer(harbour):
    user = add_user("sam@example.org", name="Sam")
    with working_in(harbour):
        return Staff.objects.create(user=user, role="trainer", name="Sam", short_name="Sam")


def verbs(client):
    with working_in(client.clinic_id):
        return [entry.verb for entry in Entry.objects.filter(client_key=client.pk)]


def typed(**more):
    known = {"first_name": "Amara", "last_name": "Diallo", "language": "fr", "prefers": "none"}
    return known | {"called": "Amara", "said": "a-MA-ra", "version": "1"} | more


# --- adding ---


def test_an_added_client_that_is_sent_twice_is_added_once(web, sign_in, dee, harbour):
    """The answer was lost: the same form again gives the same client; another form another."""
    sign_in(web, dee)
    first, again, other = (
        web.post("/people/new/", typed(key=key))["Location"] for key in ("one", "one", "two")
    )
    assert first == again != other
    with working_in(harbour):
        assert Client.objects.count() == 2


def test_somebody_elses_key_gives_nothing_of_theirs(web, sign_in, dee, noor, charlie):
    places = set()
    for who in (dee, noor, charlie):
        places.add(sign_in(web, who).post("/people/new/", typed(key="one"))["Location"])
    assert len(places) == 3


# --- finding ---


@pytest.fixture
def zoe(harbour):
    with working_in(harbour):
        return Client.objects.create(
            first_name="Zoé",
            last_name="Brûlé-Núñez",
            mobile="+33 6 12 34 56 78",
            number="K-042",
            prefers="none",
        )


@pytest.mark.parametrize(
    "asked", ["zoe", "ZOÉ", "nunez", "brule zo", "k-042", "0612", "345678", "+3361234"]
)
def test_a_client_is_found_however_it_is_typed(web, sign_in, dee, zoe, amara, asked):
    page = sign_in(web, dee).get("/people/", {"q": asked}).content.decode()
    assert "Brûlé" in page
    assert "Diallo" not in page


def test_after_a_change_the_new_name_is_found(web, sign_in, dee, zoe):
    sign_in(web, dee).post(
        f"/people/{zoe.pk}/change/",
        {"first_name": "Chloé", "language": "fr", "prefers": "none", "version": "1"},
    )
    assert "Chloé" in web.get("/people/", {"q": "chloe"}).content.decode()
    assert "Nobody found" in web.get("/people/", {"q": "nunez"}).content.decode()


def test_a_long_list_is_leafed_through(web, sign_in, dee, here):
    for n in range(60):
        Client.objects.create(first_name=f"Aino {n:02}", prefers="none")
    page = sign_in(web, dee).get("/people/").content.decode()
    assert "Page 1 of 2" in page
    assert "Aino 59" in web.get("/people/?page=2").content.decode()


def test_who_is_listed_was_seen_and_that_is_on_record(web, sign_in, dee, amara, luc):
    sign_in(web, dee).get("/people/", {"q": "luc"})
    assert verbs(luc) == ["people.list_clients"]
    assert verbs(amara) == []


def test_charlie_finds_nobody_of_harbour_street(web, sign_in, charlie, amara):
    page = sign_in(web, charlie).get("/people/", {"q": "amara"}).content.decode()
    assert "Diallo" not in page


def test_without_the_narrowing_charlie_would_find_her(web, sign_in, charlie, amara, monkeypatch):
    monkeypatch.setattr(current, "reading_across", lambda: True)
    sign_in(web, charlie)
    if connection.vendor == "postgresql":
        # The second wall: whatever our code forgets, the database does not show her row.
        assert "Diallo" not in web.get("/people/", {"q": "amara"}).content.decode()
        take_the_walls_down()
    assert "Diallo" in web.get("/people/", {"q": "amara"}).content.decode()


# --- adding and changing ---


def test_dee_adds_a_client(web, sign_in, dee, here):
    answer = sign_in(web, dee).post("/people/new/", typed(mobile="+33612345678", prefers="sms"))
    new = Client.objects.get()
    assert answer.url == f"/people/{new.pk}/"
    assert verbs(new) == ["people.add_client"]


def test_neither_age_nor_diagnosis_is_asked(web, sign_in, dee):
    page = sign_in(web, dee).get("/people/new/").content.decode().lower()
    assert not re.findall(r"\bbirth|\bage\b|diagnos|\bicd\b", page)


def test_a_text_message_needs_a_mobile(web, sign_in, dee, here):
    answer = sign_in(web, dee).post("/people/new/", typed(prefers="sms"))
    assert answer.status_code == 422
    assert "Add a mobile number" in answer.content.decode()
    assert 'value="a-MA-ra"' in answer.content.decode()
    assert not Client.objects.exists()


def test_a_number_stands_for_one_person(web, sign_in, dee, zoe, here):
    answer = sign_in(web, dee).post("/people/new/", typed(number="K-042"))
    assert answer.status_code == 422
    assert "already has this number" in answer.content.decode()


def test_a_number_of_the_other_clinic_is_free_here(web, sign_in, charlie, zoe):
    """Uniqueness belongs to a clinic: its refusal would tell that somebody goes elsewhere."""
    answer = sign_in(web, charlie).post("/people/new/", typed(number="K-042"))
    assert answer.status_code == 302


def test_joon_changes_a_client_and_the_fields_are_on_record(web, sign_in, joon, amara, here):
    sign_in(web, joon).post(f"/people/{amara.pk}/change/", typed(called="Ama"))
    amara.refresh_from_db()
    assert (amara.called, amara.version) == ("Ama", 2)
    entry = Entry.objects.get(verb="people.change_client")
    assert set(entry.detail["fields"]) == {"called", "email", "prefers"}


def test_saving_the_same_changes_nothing(web, sign_in, dee, amara, here):
    same = typed(prefers="email", email="amara@example.org")
    sign_in(web, dee).post(f"/people/{amara.pk}/change/", same)
    amara.refresh_from_db()
    assert amara.version == 1


PAGES = ["", "change/", "card/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_trainer_sees_no_client(web, sign_in, trainer, amara, page):
    assert sign_in(web, trainer).get(f"/people/{amara.pk}/{page}").status_code == 403
    assert web.get("/people/").status_code == 403


def test_a_trainer_writes_no_client(web, sign_in, trainer, amara):
    assert sign_in(web, trainer).post("/people/new/", typed()).status_code == 403
    assert web.post(f"/people/{amara.pk}/change/", typed(called="X")).status_code == 403
    assert web.post(f"/people/{amara.pk}/card/", {"helps": "X"}).status_code == 403


@pytest.mark.parametrize("page", [*PAGES, "record/"])
def test_another_clinics_client_and_no_client_answer_alike(web, sign_in, hillside, amara, page):
    user = add_user("mika@example.org", name="Mika")
    with working_in(hillside):
        mika = Staff.objects.create(user=user, role="manager", name="Mika", short_name="Mika")
    sign_in(web, mika)
    real = web.get(f"/people/{amara.pk}/{page}")
    none = web.get(f"/people/{uuid.uuid4()}/{page}")
    assert real.status_code == none.status_code == 404
    assert real.content == none.content
    assert dict(real.headers) == dict(none.headers)


@pytest.mark.parametrize("page", ["change/", "card/"])
def test_charlie_changes_nothing_of_amara(web, sign_in, charlie, amara, page):
    answer = sign_in(web, charlie).post(f"/people/{amara.pk}/{page}", typed(called="X", helps="X"))
    assert answer.status_code == 404
    with working_in(amara.clinic_id):
        assert Client.objects.get(pk=amara.pk).called == "Amara"
        assert not Card.objects.exists()


# --- two people at once ---


def test_the_second_sees_both_and_loses_nothing(web, sign_in, dee, joon, amara, here):
    from django.test import Client as Browser

    other = Browser()
    sign_in(other, joon)
    sign_in(web, dee).post(f"/people/{amara.pk}/change/", typed(called="Ama"))
    answer = other.post(f"/people/{amara.pk}/change/", typed(called="Mara", said="ma-RA"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved" in page
    assert "<td>Ama</td><td>Mara</td>" in page
    assert "<td>a-MA-ra</td><td>ma-RA</td>" in page
    amara.refresh_from_db()
    assert amara.called == "Ama"


def test_then_the_second_saves_knowingly(web, sign_in, dee, amara, here):
    sign_in(web, dee).post(f"/people/{amara.pk}/change/", typed(called="Ama"))
    page = web.post(f"/people/{amara.pk}/change/", typed(called="Mara")).content.decode()
    assert 'name="version" value="2"' in page
    web.post(f"/people/{amara.pk}/change/", typed(called="Mara", version="2"))
    amara.refresh_from_db()
    assert (amara.called, amara.version) == ("Mara", 3)


def test_without_the_check_an_update_is_lost(web, sign_in, dee, amara, here):
    """The negative control: with the newest version always sent, the first change is gone."""
    sign_in(web, dee).post(f"/people/{amara.pk}/change/", typed(called="Ama"))
    web.post(f"/people/{amara.pk}/change/", typed(called="Mara", version="2"))
    amara.refresh_from_db()
    assert amara.called == "Mara"


def test_the_card_too_is_never_overwritten_unseen(web, sign_in, joon, amara):
    sign_in(web, joon).post(f"/people/{amara.pk}/card/", {"helps": "Time", "version": "1"})
    answer = web.post(f"/people/{amara.pk}/card/", {"helps": "Quiet", "version": "1"})
    assert answer.status_code == 409
    assert "<td>Time</td><td>Quiet</td>" in answer.content.decode()


# --- "Before you meet me" ---


def test_joon_writes_the_card_and_dee_reads_it(web, sign_in, joon, dee, amara):
    told = {"helps": "Speak on my left.", "avoid": "My shoulder.", "version": "1"}
    sign_in(web, joon).post(f"/people/{amara.pk}/card/", told)
    page = sign_in(web, dee).get(f"/people/{amara.pk}/").content.decode()
    assert "Speak on my left." in page
    assert page.index("Before you meet me") < page.index("How to reach them")


def test_its_reading_is_on_record_and_shown(web, sign_in, joon, dee, amara):
    sign_in(web, dee).get(f"/people/{amara.pk}/")
    assert "people.read_card" in verbs(amara)
    page = sign_in(web, joon).get(f"/people/{amara.pk}/").content.decode()
    readers = page.split("Who has read the card")[1]
    assert "Dee" in readers
    assert "Joon" in readers
    assert "10:12" in readers


def test_reading_twice_in_an_hour_is_one_line(web, sign_in, dee, amara):
    for _ in range(3):
        sign_in(web, dee).get(f"/people/{amara.pk}/")
    assert verbs(amara).count("people.read_card") == 1


def test_an_empty_card_says_what_to_do(web, sign_in, dee, amara):
    page = sign_in(web, dee).get(f"/people/{amara.pk}/").content.decode()
    assert "Ask Amara once" in page


# --- who saw and did what ---


def test_noor_reads_who_saw_and_did_what_in_plain_words(web, sign_in, dee, noor, amara):
    sign_in(web, dee).post(f"/people/{amara.pk}/card/", {"helps": "Time", "version": "1"})
    page = sign_in(web, noor).get(f"/people/{amara.pk}/record/").content.decode()
    assert "Dee wrote on the card" in page
    assert "people.change_card" not in page


@pytest.mark.parametrize("who", ["dee", "joon"])
def test_only_a_manager_reads_the_record(web, sign_in, request, who, amara):
    sign_in(web, request.getfixturevalue(who))
    assert web.get(f"/people/{amara.pk}/record/").status_code == 403
    assert "Who saw and did what" not in web.get(f"/people/{amara.pk}/").content.decode()


def test_another_part_puts_its_panel_on_the_page(web, sign_in, dee, amara, monkeypatch):
    from alongside.office.views import clients
    from alongside.parts.part import Panel

    piece = Panel(template="ui/parts/notice.html", context={"text": "Six Tuesdays at ten"})
    monkeypatch.setattr(clients, "panels", lambda *_a, **_k: [piece])
    assert "Six Tuesdays at ten" in sign_in(web, dee).get(f"/people/{amara.pk}/").content.decode()


def test_the_lists_cost_does_not_grow_with_the_clinic(
    web, sign_in, dee, here, django_assert_max_num_queries
):
    for n in range(50):
        Client.objects.create(first_name=f"Aino {n:02}", prefers="none")
    sign_in(web, dee).get("/people/")
    with django_assert_max_num_queries(12):
        web.get("/people/")
