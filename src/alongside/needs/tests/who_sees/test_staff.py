"""Those who work here see what their role and Amara's word let them."""

import pytest
from django.test import Client as Browser

from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.needs.actions._note import NotTheirs
from alongside.needs.actions.offer import CoversNothing, answer, offer
from alongside.needs.actions.say import say
from alongside.needs.models import Proposal, Sharing
from alongside.needs.queries.who_sees import EVERY, seen_by
from alongside.needs.tests.who_sees.parts import NIGHTS, WORDS, found, hers

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


def test_noor_sees_all_but_the_part_that_amara_keeps_for_joon(web, sign_in, noor, amara, only_joon):
    sign_in(web, noor)
    for path in (f"/people/{amara.pk}/needs/", f"/people/{amara.pk}/needs/over-time/"):
        page = web.get(path).content.decode()
        assert "Kept for those whom they chose: mind, sleep and mood." in page
        assert NIGHTS not in page
    page = web.get(f"/people/{amara.pk}/needs/").content.decode()
    assert found(page) == set(WORDS.values()) - {NIGHTS}
    assert 'value="b134"' not in page
    home = web.get(f"/people/{amara.pk}/").content.decode()
    assert "<strong>sleep</strong>" not in home
    assert "<strong>pain</strong>" in home


def test_joon_whom_she_chose_sees_it(web, sign_in, joon, amara, only_joon):
    sign_in(web, joon)
    page = web.get(f"/people/{amara.pk}/needs/").content.decode()
    assert found(page) == set(WORDS.values())
    assert "Kept for those" not in page


def test_without_her_word_noor_sees_it(web, sign_in, noor, amara, told):
    """The control: it is what Amara said that keeps it from her, and nothing else."""
    sign_in(web, noor)
    assert found(web.get(f"/people/{amara.pk}/needs/").content.decode()) == set(WORDS.values())


def test_noor_enters_and_offers_nothing_about_it(
    amara, noor, joon, only_joon, coping, acting, here, now
):
    with pytest.raises(NotTheirs):
        say(amara, "b134", performance=0, by=acting.staff(noor), now=now)
    with pytest.raises(CoversNothing):
        offer(amara, coping, by=acting.staff(noor), now=now)
    assert offer(amara, coping, by=acting.staff(joon), now=now).codes == ["b134"]


def test_an_offer_says_nothing_to_whom_its_reason_is_kept_from(
    web, sign_in, own_page, close_to, amara, noor, joon, only_joon, coping, acting, harbour, now
):
    with working_in(harbour):
        made = offer(amara, coping, by=acting.staff(joon), now=now)
    sign_in(web, noor)
    there = f"/people/{amara.pk}/needs/"
    assert f'id="offer-{made.pk}"' not in web.get(there).content.decode()
    sent = {"proposal": str(made.pk), "do": "accept"}
    assert web.post(f"{there}answered/", sent).status_code == 404
    luc = own_page(Browser(), close_to(amara, "Luc", rights=["needs.body"], may_act=True))
    for path in ("/mine/", "/mine/needs/"):
        assert "Coping group" not in luc.get(path).content.decode()
    assert luc.post("/mine/needs/answer/", sent).status_code == 404
    with working_in(harbour):
        assert Proposal.objects.get().is_open
        with pytest.raises(NotTheirs):
            answer(made, accepts=True, by=acting.staff(noor), now=now)
    assert "Coping group" in hers(amara, own_page).get("/mine/needs/").content.decode()


def test_an_offer_of_before_may_speak_of_any_part(amara, joon, coping, told, here, now):
    old = Proposal.objects.create(
        client=amara, service=coping, offered_at=now, by="Joon", reason="sleep"
    )
    assert old.areas == EVERY


def test_the_front_desk_sees_what_it_is_let_see(
    web, sign_in, own_page, dee, amara, told, amaras_visit, harbour
):
    sign_in(web, dee)
    pages = (f"/people/{amara.pk}/", f"/today/visit/{amaras_visit.pk}/")
    for path in pages:
        assert "-needs" not in web.get(path).content.decode()
    amaras = hers(amara, own_page)
    assert (
        amaras.post("/mine/needs/who/change/?of=surroundings", {"whom": "front"}).status_code == 303
    )
    assert amaras.post("/mine/needs/who/change/?of=mind", {"whom": "front"}).status_code == 422
    for path in pages:
        page = web.get(path).content.decode()
        assert "<strong>my home</strong>" in page
        assert "<strong>pain</strong>" not in page
        assert "<strong>sleep</strong>" not in page
    assert web.get(f"/people/{amara.pk}/needs/").status_code == 403


def test_on_the_page_of_a_visit_it_stands_before_anything_else(
    web, sign_in, joon, amara, told, amaras_visit, harbour
):
    sign_in(web, joon)
    page = web.get(f"/today/visit/{amaras_visit.pk}/").content.decode()
    places = [page.index(f'id="{one}"') for one in ("visit-needs", "card", "visit-note")]
    assert places == sorted(places)
    with working_in(harbour):
        assert Entry.objects.filter(verb="needs.read", client_key=amara.pk).exists()


def test_the_other_clinic_sees_no_part(charlie, amara, told, acting, hillside):
    with working_in(hillside):
        assert seen_by(acting.staff(charlie), amara.pk) == frozenset()
        assert not Sharing.objects.exists()
