"""Somebody close sees the parts that were shared, and no other."""

import pytest
from django.test import Client as Browser

from alongside.clinics.current import working_in
from alongside.needs.actions._note import NotTheirs
from alongside.needs.actions.say import say
from alongside.needs.queries.who_sees import EVERY
from alongside.needs.tests.who_sees.parts import AREAS, WORDS, found
from alongside.people.actors import gives, of_close_one
from alongside.rules.needs import Area

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


@pytest.mark.parametrize("code", WORDS)
def test_luc_sees_the_part_that_amara_shares_and_no_other(
    web, own_page, close_to, amara, told, code
):
    luc = own_page(web, close_to(amara, "Luc", rights=[f"needs.{AREAS[code]}"], may_act=True))
    assert found(luc.get("/mine/needs/").content.decode()) == {WORDS[code]}
    home = luc.get("/mine/").content.decode()
    for other in WORDS:
        name = {"d540": "dressing", "b134": "sleep", "b280": "pain", "e155": "my home"}[other]
        assert (f"<li>{name}</li>" in home) is (other == code)
        chapter = luc.get(f"/mine/needs/ask/?of={other[:2]}")
        assert chapter.status_code == (200 if other == code else 404)
        sent = luc.post("/mine/needs/ask/", {"code": other, "how": "2"})
        assert sent.status_code == (303 if other == code else 404)


def test_without_the_parts_he_would_see_them_all(web, own_page, close_to, amara, told, monkeypatch):
    """The control: it is this question that keeps the other parts from him."""
    monkeypatch.setattr("alongside.needs.views.client.seen_by", lambda *_: EVERY)
    luc = own_page(web, close_to(amara, "Luc", rights=["needs.body"]))
    assert found(luc.get("/mine/needs/").content.decode()) == set(WORDS.values())


def test_what_was_shared_whole_before_gives_every_part(
    web, own_page, close_to, amara, told, amara_in
):
    luc = own_page(Browser(), close_to(amara, "Luc", rights=["needs"]))
    assert found(luc.get("/mine/needs/").content.decode()) == set(WORDS.values())
    people = amara_in.get("/mine/people/").content.decode()
    assert "my mind, sleep and mood" in people
    with working_in(amara.clinic_id):
        one = amara.close_ones.get()
    form = amara_in.get(f"/mine/people/{one.pk}/").content.decode()
    for part in Area:
        assert f'value="needs.{part}"' in form
        box = form.partition(f'value="needs.{part}"')[2].partition(">")[0]
        assert "checked" in box


def test_a_right_and_its_parts():
    assert gives({"needs.mind"}, "needs")
    assert gives({"needs"}, "needs.mind")
    assert not gives({"needs.mind"}, "needs.body")
    assert not gives({"goals"}, "needs.mind")
    assert not gives({"needsmore.mind"}, "needs")


def test_luc_acts_on_no_part_that_he_may_not_see(close_to, amara, told, here, now):
    luc = of_close_one(close_to(amara, "Luc", rights=["needs.body"], may_act=True))
    with pytest.raises(NotTheirs):
        say(amara, "b134", performance=0, by=luc, now=now)
    assert say(amara, "b280", performance=4, by=luc, now=now).voice == "close"
