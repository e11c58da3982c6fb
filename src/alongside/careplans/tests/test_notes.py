"""A visit note: written by who treats, read by the client in part, corrected and never edited."""

from datetime import timedelta

import pytest
from conftest import book_for
from django.db import DatabaseError, transaction

from alongside.audit.models import Entry
from alongside.careplans.actions._record import NotTheirs, NoWords
from alongside.careplans.actions.write_note import CorrectedMeanwhile, NotYet, write_note
from alongside.careplans.models import Note
from alongside.careplans.queries.notes import last_before, notes_of, usual_setting, without_note
from alongside.clinics.current import working_in

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


def page_of(visit) -> str:
    return f"/people/{visit.client_id}/visits/{visit.pk}/note/"


def test_one_line_is_enough(web, sign_in, joon, done, harbour):
    sign_in(web, joon)
    answer = web.post(page_of(done), {"did": "We cooked.", "setting": "clinic", "key": "k1"})
    assert answer.status_code == 303
    web.post(page_of(done), {"did": "We cooked.", "setting": "clinic", "key": "k1"})
    with working_in(harbour):
        note = Note.objects.get()
        assert (note.did, note.by, note.how_client) == ("We cooked.", joon, None)
        assert Entry.objects.filter(verb="careplans.write_note").count() == 1
    assert "We cooked." in web.get(page_of(done)).content.decode()


def test_without_words_it_is_asked_again_and_nothing_typed_is_lost(web, sign_in, joon, done):
    sign_in(web, joon)
    answer = web.post(page_of(done), {"did": " ", "next_step": "Rest", "setting": "clinic"})
    assert answer.status_code == 422
    assert "Rest" in answer.content.decode()


def test_amara_reads_what_we_did_and_the_next_step_and_no_more(amara_in, noted):
    for there in ("/mine/", "/mine/what-we-did/"):
        page = amara_in.get(there).content.decode()
        assert "We cooked a soup." in page
        assert "Cut an onion sitting down." in page
        assert "I stop earlier" not in page


def test_somebody_close_reads_it_only_with_the_right(web, own_page, close_to, amara, noted):
    luc = close_to(amara, "Luc", rights=["visits"])
    assert own_page(web, luc).get("/mine/what-we-did/").status_code == 403
    assert "We cooked a soup." not in own_page(web, luc).get("/mine/").content.decode()
    ines = close_to(amara, "Ines", rights=["notes"])
    assert "We cooked a soup." in own_page(web, ines).get("/mine/what-we-did/").content.decode()


def test_another_client_reads_nothing_of_it(web, own_page, luc, noted, harbour):
    with working_in(harbour):
        luc.email = "luc@example.org"
        luc.save()
    page = own_page(web, luc).get("/mine/what-we-did/").content.decode()
    assert "We cooked a soup." not in page


def test_a_correction_takes_its_place_and_the_old_stays(
    web, sign_in, joon, own_page, amara, done, noted, harbour
):
    sign_in(web, joon)
    form = web.get(f"{page_of(done)}?corrects={noted.pk}").content.decode()
    assert "We cooked a soup." in form
    sent = {"did": "We cooked rice.", "setting": "home", "corrects": str(noted.pk)}
    assert web.post(page_of(done), {**sent, "key": "a"}).status_code == 303
    page = web.get(page_of(done)).content.decode()
    assert "We cooked rice." in page
    assert "We cooked a soup." in page
    late = web.post(page_of(done), {**sent, "did": "We cooked beans.", "key": "b"})
    assert late.status_code == 409
    assert "We cooked beans." in late.content.decode()
    with working_in(harbour):
        assert [one.did for one in notes_of(amara.pk)] == ["We cooked rice."]
    own_page(web, amara)
    assert "We cooked a soup." not in web.get("/mine/what-we-did/").content.decode()


def test_of_two_corrections_at_once_one_stands(done, noted, joon, acting, here, now):
    by = acting.staff(joon)
    values = {"did": "We cooked rice."}
    write_note(done, values, corrects=noted, staff=joon, by=by, now=now)
    with pytest.raises(CorrectedMeanwhile):
        write_note(done, values, corrects=noted, staff=joon, by=by, now=now)
    # The negative control: without a note that it corrects, a second one is one more.
    write_note(done, values, staff=joon, by=by, now=now)
    assert Note.objects.standing().count() == 2


def test_the_database_refuses_to_edit_one(noted, here):
    with pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.filter(pk=noted.pk).update(did="We never met.")
    # The negative control: what is no part of the note may change.
    assert Note.objects.filter(pk=noted.pk).update(did="We cooked a soup.") == 1


def test_nothing_is_written_about_what_did_not_take_place(amara, joon, acting, here, now):
    by = acting.staff(joon)
    ahead = book_for(amara, joon, now + timedelta(days=3))
    missed = book_for(amara, joon, now - timedelta(days=3), state="missed")
    for visit in (ahead, missed):
        with pytest.raises(NotYet):
            write_note(visit, {"did": "x"}, staff=joon, by=by, now=now)


def test_only_who_treats_writes_it(web, sign_in, dee, done, joon, acting, here, now):
    with pytest.raises(NotTheirs):
        write_note(done, {"did": "x"}, staff=dee, by=acting.staff(dee), now=now)
    with pytest.raises(NoWords):
        write_note(done, {"did": "  "}, staff=joon, by=acting.staff(joon), now=now)
    assert sign_in(web, dee).get(page_of(done)).status_code == 403
    assert web.post(page_of(done), {"did": "x"}).status_code == 403
    assert not Note.objects.exists()


def test_the_other_clinic_sees_none(noted, done, hillside, web, sign_in, charlie, amara):
    with working_in(hillside):
        assert not Note.objects.exists()
        assert list(notes_of(amara.pk)) == []
    assert sign_in(web, charlie).get(page_of(done)).status_code in (403, 404)


def test_another_clients_visit_is_not_there(web, sign_in, joon, luc, done):
    sign_in(web, joon)
    assert web.get(f"/people/{luc.pk}/visits/{done.pk}/note/").status_code == 404


def test_the_next_visit_begins_where_we_left_off(web, sign_in, joon, dee, noted, amaras_visit):
    there = f"/today/visit/{amaras_visit.pk}/"
    page = sign_in(web, joon).get(there).content.decode()
    assert "Cut an onion sitting down." in page
    assert "Why one rests before it hurts" in page
    assert page_of(amaras_visit) in page
    assert "Cut an onion sitting down." not in sign_in(web, dee).get(there).content.decode()


def test_the_place_is_the_one_of_last_time(noted, amara, luc, amaras_visit, here):
    assert usual_setting(amara.pk) == "home"
    assert usual_setting(luc.pk) == "clinic"
    assert last_before(amaras_visit) == noted


def test_a_visit_without_a_note_is_named_until_it_has_one(
    web, sign_in, joon, done, amara, acting, here, now
):
    assert without_note(amara.pk, now=now) == [done]
    there = f"/people/{amara.pk}/notes/"
    sign_in(web, joon)
    assert "Write the note on the visit of 17 November" in web.get(there).content.decode()
    write_note(done, {"did": "We sat."}, staff=joon, by=acting.staff(joon), now=now)
    assert without_note(amara.pk, now=now) == []
    assert "Write the note" not in web.get(there).content.decode()
    assert "We sat." in web.get(f"/people/{amara.pk}/").content.decode()


def test_two_notes_of_a_form_without_a_key_are_two(web, sign_in, joon, done, harbour):
    there = f"/people/{done.client_id}/visits/{done.pk}/note/"
    for did in ("We cooked.", "We walked."):
        sign_in(web, joon).post(there, {"did": did, "setting": "clinic"})
    with working_in(harbour):
        assert {one.did for one in Note.objects.all()} == {"We cooked.", "We walked."}
