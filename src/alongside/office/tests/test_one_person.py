"""Everything about one person: the whole of it in a copy, none of it after an erasure."""

import io
import json
import re
import zipfile

import pytest
from conftest import NOW, book_for
from django.core.exceptions import ObjectDoesNotExist
from tests.house.canaries import Seeds, of_clinics, sow

from alongside.audit.models import Entry
from alongside.audit.queries import about_client, whole
from alongside.clinics.current import working_in
from alongside.messaging.models import Message
from alongside.mine.models import CameIn
from alongside.office.actions import erase as erasing
from alongside.office.actions.erase import StillExpected, erase, erase_again
from alongside.office.actions.erasures import digest_of, place, read
from alongside.office.queries.copy import copy_of
from alongside.office.queries.held import about_clients, headings
from alongside.people.models import Card, Client
from alongside.visits.actions.cancel import cancel_visit
from alongside.visits.models import CancelReason, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]


@pytest.fixture(autouse=True)
def a_folder(settings, tmp_path):
    """The list of who was erased is a file in the data folder."""
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def sown(network):
    """A clinic where everything that can be written about somebody is written about one person."""
    clinic = sow("h", network, Seeds())
    with clinic.inside():
        person = clinic.visits[0].client
        for about in about_clients():
            if about.way and not about.rows(person).exists():
                fill(clinic, about, person)
        clinic.person = person
        yield clinic


def fill(clinic, about, person):
    """Make a row of a model about this person."""
    step = about.way.split("__")[0]
    there = person if about.way == "client" else clinic.visits[0]
    clinic.make(about.model, **{step: there})


def words_about(clinic, person) -> dict[str, str]:
    """Give every word that stands in a row about this person, and where it stands."""
    found = {}
    for about in about_clients():
        for row in about.rows(person).values():
            for planted in clinic.seeds.found_in(repr(row).encode()):
                found[str(planted)] = next(
                    word.decode() for word, one in clinic.seeds.known.items() if one == planted
                )
    return found


# --- the copy ---


def test_a_copy_holds_every_word_about_a_person(sown):
    words = words_about(sown, sown.person)
    text = json.dumps(copy_of(sown.person, now=NOW))
    missing = {where for where, word in words.items() if word not in text}
    # What opens a page is no word about anybody, and only its digest is known.
    assert {where for where in missing if not where.endswith(".digest")} == set()
    assert len(words) >= 15


def test_what_is_to_be_read_holds_it_too(sown, web, sign_in):
    packed = sign_in(web, sown.staff["manager"]).post(f"/people/{sown.person.pk}/data/copy/")
    with zipfile.ZipFile(io.BytesIO(packed.content)) as opened:
        page = opened.read("read-me.html").decode()
        whole_copy = json.loads(opened.read("data.json"))
    for where, word in words_about(sown, sown.person).items():
        assert where.endswith(".digest") or word in page, where
    assert whole_copy["about"] == str(sown.person.pk)
    assert Entry.objects.filter(verb="people.take_copy", client_key=sown.person.pk).count() == 1


def test_nothing_about_anybody_else_is_in_it(sown):
    others = Client.objects.exclude(pk=sown.person.pk)
    text = json.dumps(copy_of(sown.person, now=NOW))
    for other in others:
        assert other.first_name not in text
        assert str(other.pk) not in text


def test_every_model_about_a_client_has_a_heading_and_is_found_by_the_walk():
    found = {about.label for about in about_clients()}
    assert found - set(headings()) == set(), "name it in `holds` on the card of its part (apps.py)"
    assert set(headings()) - found == set()
    # The walk itself, seen from the other side: a key of a client under another name.
    by_key = {
        f"{model.__name__}.{one.name}"
        for model in of_clinics()
        for one in model._meta.concrete_fields
        if "client" in one.name and one.get_internal_type() == "UUIDField"
    }
    assert by_key == {"Entry.client_key"}


# --- erasing ---


def test_after_an_erasure_no_word_is_left_in_any_table(sown, settings):
    words = set(words_about(sown, sown.person).values())
    erase(sown.person, why="asked", by=acting_for(sown), now=NOW)
    left = {
        f"{model.__name__}: {word}"
        for model in of_clinics()
        for row in model.objects.values()
        for word in words
        if word in repr(row)
    }
    # Rooms, kinds and colleagues are not about the person; their own words stay.
    about_person = {about.model.__name__ for about in about_clients()} | {"Entry", "Once"}
    assert {one for one in left if one.split(":")[0] in about_person} == set()
    assert Visit.objects.filter(client=sown.person).exists()


def acting_for(sown):
    from alongside.people.actors import of_staff

    _today_is_over(sown)
    return of_staff(sown.staff["manager"])


def _today_is_over(sown):
    rows = Visit.objects.filter(client=sown.person)
    rows.update(state="done", arrived_at=NOW, started_at=NOW, finished_at=NOW)


def test_the_record_stays_whole_and_names_only_a_key(harbour, here, amara, noor, acting):
    visit = book_for(amara, noor, NOW.replace(day=27))
    cancel_visit(visit, reason="CNRY my son is ill", by=acting.client(amara), now=NOW)
    with working_in(harbour):
        erase(amara, why="asked", by=acting.staff(noor), now=NOW)
        said = repr(list(about_client(amara.pk).values()))
        assert "Amara" not in said
        assert "CNRY" not in said
        assert str(amara.pk) in said
        assert whole().first_bad is None
        assert not CancelReason.objects.exists()
        assert not Message.objects.exists()


def test_what_was_erased_is_on_the_list_by_a_digest_only(
    here, amara, noor, acting, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        erase(amara, why="asked", by=acting.staff(noor), now=NOW)
    assert list(read(place())) == [digest_of(amara.pk)]
    text = place().read_text()
    assert str(amara.pk) not in text
    assert "Amara" not in text
    assert place().stat().st_mode & 0o077 == 0


def test_an_old_copy_that_is_put_back_is_erased_again(here, amara, luc, noor, acting):
    """The list outlives the copy: whoever is on it goes, and nobody else."""
    assert erase_again({digest_of(amara.pk)}, now=NOW) == 1
    assert erase_again({digest_of(amara.pk)}, now=NOW) == 0
    amara.refresh_from_db()
    luc.refresh_from_db()
    assert (amara.first_name, amara.last_name, amara.email) == ("", "", "")
    assert luc.first_name == "Luc"


def test_who_is_still_to_come_is_not_erased(here, amara, noor, amaras_visit, acting):
    with pytest.raises(StillExpected):
        erase(amara, why="asked", by=acting.staff(noor), now=NOW)
    amara.refresh_from_db()
    assert amara.first_name == "Amara"


def test_erasing_twice_changes_nothing_more(here, amara, noor, acting):
    erase(amara, why="asked", by=acting.staff(noor), now=NOW)
    assert erase(amara, why="asked", by=acting.staff(noor), now=NOW).gone == 0


def test_an_erasure_that_fails_half_way_erases_nothing(here, amara, noor, acting, monkeypatch):
    Card.objects.create(client=amara, helps="A quiet room")

    def breaks(*_words, **_more):
        raise ObjectDoesNotExist

    monkeypatch.setattr(erasing, "record", breaks)
    with pytest.raises(ObjectDoesNotExist):
        erase(amara, why="asked", by=acting.staff(noor), now=NOW)
    assert Card.objects.get(client=amara).helps == "A quiet room"


# --- the page ---


def send(web, client, **more):
    known = {"why": "asked", "name": "Amara Diallo"}
    return web.post(f"/people/{client.pk}/data/erase/", known | more)


def test_noor_sees_what_is_held_and_erases(web, sign_in, noor, amara, here):
    page = sign_in(web, noor).get(f"/people/{amara.pk}/data/").content.decode()
    assert "Everything about Amara Diallo" in page
    assert send(web, amara).status_code == 302
    amara.refresh_from_db()
    assert amara.erased_at
    assert "Amara" not in web.get(f"/people/{amara.pk}/data/").content.decode()
    assert web.get(f"/people/{amara.pk}/").status_code == 404
    assert send(web, amara).status_code == 404
    # Nobody finds them any more.
    assert not re.search("somebody whose data", web.get("/people/").content.decode())


@pytest.mark.parametrize("wrong", [{"why": ""}, {"why": "other"}, {"name": "Amara"}, {"name": ""}])
def test_a_reason_and_the_whole_name_are_asked_for(web, sign_in, noor, amara, here, wrong):
    assert send(sign_in(web, noor), amara, **wrong).status_code == 422
    amara.refresh_from_db()
    assert amara.first_name == "Amara"


def test_a_visit_to_come_is_named_on_the_page(web, sign_in, noor, amara, amaras_visit, here):
    page = sign_in(web, noor).get(f"/people/{amara.pk}/data/").content.decode()
    assert "End it or cancel it first" in page
    assert send(web, amara).status_code == 409


@pytest.mark.parametrize("address", ["data/", "data/copy/", "data/erase/"])
def test_nobody_else_does(web, sign_in, dee, joon, charlie, amara, here, address):
    path = f"/people/{amara.pk}/{address}"
    known = {"why": "asked", "name": "Amara Diallo"}
    for who in (dee, joon):
        for answer in (sign_in(web, who).get(path), web.post(path, known)):
            assert answer.status_code in (403, 405)
    charlie.role = "manager"
    with working_in(charlie.clinic_id):
        charlie.save()
    web.logout()
    sign_in(web, charlie)
    # The address is for managers, and she is one: it is the person that is not there for her.
    answer = web.get(path) if address == "data/" else web.post(path, known)
    assert answer.status_code == 404
    assert b"Amara" not in answer.content
    amara.refresh_from_db()
    assert amara.first_name == "Amara"


def test_where_they_signed_in_by_their_address_ends_too(here, amara, luc, noor, acting):
    for email in ("amara@example.org", "shared@example.org"):
        CameIn.objects.create(email=email, session_key=email, began_at=NOW)
    luc.email = "shared@example.org"
    luc.save()
    Client.objects.create(first_name="Her twin", email="shared@example.org")
    erase(amara, why="asked", by=acting.staff(noor), now=NOW)
    assert [one.email for one in CameIn.objects.all()] == ["shared@example.org"]
    # An address that somebody else has as well is still theirs.
    erase(luc, why="asked", by=acting.staff(noor), now=NOW)
    assert CameIn.objects.exists()
