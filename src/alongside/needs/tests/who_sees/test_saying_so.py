"""Amara says who sees what, and it holds at once."""

import pytest
from django.db import DatabaseError, transaction

from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.needs.actions._note import NotTheirs
from alongside.needs.actions.let_see import BeyondTheLimit, NobodyChosen, let_see
from alongside.needs.models import Sharing
from alongside.needs.queries.who_sees import EVERY, seen_by
from alongside.needs.tests.who_sees.parts import NIGHTS, hers
from alongside.people.actors import of_close_one
from alongside.rules.needs import Area
from alongside.rules.who_sees import Whom

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


def test_amara_says_who_sees_it_and_it_holds_at_once(
    web, sign_in, own_page, noor, joon, amara, told, harbour
):
    sign_in(web, noor)
    there = f"/people/{amara.pk}/needs/"
    assert NIGHTS in web.get(there).content.decode()
    amaras = hers(amara, own_page)
    assert "Everybody here who treats people" in amaras.get("/mine/needs/who/").content.decode()
    wrong = amaras.post("/mine/needs/who/change/?of=mind", {"whom": "named"})
    assert wrong.status_code == 422
    assert "Choose at least one person." in wrong.content.decode()
    amaras.post("/mine/needs/who/change/?of=mind", {"whom": "named", "named": [str(joon.pk)]})
    assert "only Joon" in " ".join(amaras.get("/mine/needs/who/").content.decode().split())
    assert NIGHTS not in web.get(there).content.decode()
    amaras.post("/mine/needs/who/change/?of=mind", {"whom": "care"})
    assert NIGHTS in web.get(there).content.decode()
    with working_in(harbour):
        assert Entry.objects.filter(verb="needs.let_see").count() == 2


def test_who_is_close_is_named_beside_each_part(amara_in, amara, close_to, told):
    close_to(amara, "Luc", rights=["needs.body"])
    page = amara_in.get("/mine/needs/who/").content.decode()
    body = page.partition('id="part-body"')[2].partition("</section>")[0]
    assert "Luc" in body
    assert page.count("Luc") == 1


def test_only_amara_says_so(web, own_page, close_to, luc, amara, told, acting, here, now):
    one = close_to(amara, "Luc", rights=["needs"], may_act=True)
    lucs = own_page(web, one)
    assert lucs.get("/mine/needs/who/").status_code == 403
    assert lucs.post("/mine/needs/who/change/?of=mind", {"whom": "care"}).status_code == 403
    for by in (of_close_one(one), acting.client(luc)):
        with pytest.raises(NotTheirs):
            let_see(amara, Area.MIND, whom=Whom.CARE, by=by, now=now)


def test_staff_note_it_with_how_she_said_it_and_never_widen_their_own_view(
    web, sign_in, joon, noor, amara, only_joon, acting, harbour, now
):
    sign_in(web, noor)
    there = f"/people/{amara.pk}/needs/who/?of=mind"
    assert web.get(there).status_code == 404
    assert web.post(there, {"whom": "care", "how": "She said so."}).status_code == 404
    with working_in(harbour), pytest.raises(NotTheirs):
        let_see(amara, Area.MIND, whom=Whom.CARE, how="She did.", by=acting.staff(noor), now=now)
    sign_in(web, joon)
    assert web.post(there, {"whom": "care"}).status_code == 422
    assert web.post(there, {"whom": "care", "how": "She told me."}).status_code == 303
    with working_in(harbour):
        last = Sharing.objects.last()
        assert (last.whom, last.by, last.how) == ("care", "Joon", "She told me.")
        assert seen_by(acting.staff(noor), amara.pk) == EVERY


def test_the_desk_and_the_other_clinic_note_nothing(web, sign_in, dee, charlie, amara, told):
    for who in (dee, charlie):
        sign_in(web, who)
        there = f"/people/{amara.pk}/needs/who/?of=body"
        assert web.get(there).status_code in (403, 404)
        assert web.post(there, {"whom": "front", "how": "x"}).status_code in (403, 404)


def test_what_goes_too_far_is_refused(amara, dee, acting, here, now):
    by = acting.client(amara)
    with pytest.raises(BeyondTheLimit):
        let_see(amara, Area.BODY, whom=Whom.FRONT, by=by, now=now)
    with pytest.raises(NobodyChosen):
        let_see(amara, Area.BODY, whom=Whom.NAMED, named=[dee.pk], by=by, now=now)


def test_the_database_refuses_to_change_what_was_said(only_joon, here):
    with pytest.raises(DatabaseError), transaction.atomic():
        Sharing.objects.update(whom="care")
    assert Sharing.objects.get().whom == "named"
