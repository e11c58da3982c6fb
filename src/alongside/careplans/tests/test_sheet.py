"""The sheet to take home: who gets it, in which language, and what was not clear comes again."""

import pytest
from django.test import Client as Browser

from alongside.careplans.actions.write_note import write_note
from alongside.clinics.current import working_in

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
BACK, WHY_REST = "I stop earlier", "Why one rests before it hurts"


def test_amara_keeps_what_was_explained_in_her_own_words(amara_in, noted):
    page = amara_in.get("/mine/what-we-did/").content.decode()
    there = f"/mine/what-we-did/{noted.pk}/"
    assert there in page
    sheet = amara_in.get(there).content.decode()
    for words in (WHY_REST, BACK, "Cut an onion sitting down.", "with Joon"):
        assert words in sheet


def test_joon_prints_it_in_her_language(web, sign_in, joon, amara, noted):
    sign_in(web, joon)
    there = f"/people/{amara.pk}/notes/{noted.pk}/sheet/"
    assert there in web.get(f"/people/{amara.pk}/visits/{noted.visit_id}/note/").content.decode()
    sheet = web.get(there).content.decode()
    assert 'lang="fr"' in sheet
    assert "Ce qui a été expliqué" in sheet
    assert BACK in sheet


def test_nobody_else_opens_it(web, own_page, sign_in, close_to, luc, dee, charlie, amara, noted):
    with working_in(amara.clinic_id):
        luc.email = "luc@example.org"
        luc.save()
    there = f"/mine/what-we-did/{noted.pk}/"
    assert own_page(Browser(), luc).get(there).status_code == 404
    watches = close_to(amara, "Ana", rights=["visits"])
    assert own_page(Browser(), watches).get(there).status_code == 403
    for who in (dee, charlie):
        sign_in(web, who)
        sheet = web.get(f"/people/{amara.pk}/notes/{noted.pk}/sheet/")
        assert sheet.status_code in (403, 404)
    # The control: who may see notes may see it.
    may = close_to(amara, "Ines", rights=["notes"])
    assert BACK in own_page(Browser(), may).get(there).content.decode()


def test_a_note_that_was_corrected_has_no_sheet(amara_in, noted, joon, acting, harbour, now):
    with working_in(harbour):
        values = {"did": "We cooked rice.", "setting": "home", "explained": "How to rest"}
        new = write_note(
            noted.visit, values, corrects=noted, staff=joon, by=acting.staff(joon), now=now
        )
    assert amara_in.get(f"/mine/what-we-did/{noted.pk}/").status_code == 404
    assert "How to rest" in amara_in.get(f"/mine/what-we-did/{new.pk}/").content.decode()


def test_what_was_not_clear_stands_in_the_next_note(web, sign_in, joon, noted, amaras_visit):
    sign_in(web, joon)
    page = web.get(f"/people/{amaras_visit.client_id}/visits/{amaras_visit.pk}/note/")
    form = page.content.decode().partition('name="explained"')[2].partition("</textarea>")[0]
    assert WHY_REST in form


def test_what_was_clear_does_not(web, sign_in, joon, noted, amaras_visit, acting, harbour, now):
    with working_in(harbour):
        values = {
            "did": "We cooked.", "setting": "home", "explained": WHY_REST, "understood": "yes",
        }  # fmt: skip
        write_note(noted.visit, values, corrects=noted, staff=joon, by=acting.staff(joon), now=now)
    sign_in(web, joon)
    page = web.get(f"/people/{amaras_visit.client_id}/visits/{amaras_visit.pk}/note/")
    form = page.content.decode().partition('name="explained"')[2].partition("</textarea>")[0]
    assert WHY_REST not in form
