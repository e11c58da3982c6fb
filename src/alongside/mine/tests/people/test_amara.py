"""What Amara does: she lets somebody see, changes it, says what they may."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.mine.tests.people.given import PLAIN, given
from alongside.people.models import Client, CloseOne

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


def test_amara_lets_luc_see_her_visits(amara_in, harbour, now):
    assert amara_in.post("/mine/people/", PLAIN).url == "/mine/people/"
    (luc,) = given(harbour)
    assert (luc.email, luc.rights, luc.may_act) == ("luc@example.org", ["visits"], False)
    assert (luc.begins_on, luc.agreed_by) == (now.date(), "Amara")
    page = amara_in.get("/mine/people/").content.decode()
    assert "Luc" in page
    assert "my visits" in page
    with working_in(harbour):
        entry = Entry.objects.get(verb="mine.let_see")
        assert entry.detail["rights"] == ["visits"]


def test_by_default_nothing_is_seen(amara_in, harbour, as_luc, amaras_visit):
    amara_in.post("/mine/people/", {**PLAIN, "rights": []})
    (luc,) = given(harbour)
    page = as_luc(luc).get("/mine/").content.decode()
    assert "10:30" not in page
    assert "Joon" not in page


def test_a_right_that_nobody_offers_is_refused(amara_in, harbour):
    assert amara_in.post("/mine/people/", {**PLAIN, "rights": ["everything"]}).status_code == 422
    assert given(harbour) == []


def test_a_change_ends_what_was_and_adds_what_is(amara_in, harbour, amara, close_to, now):
    luc = close_to(amara, "Luc", rights=["visits"])
    amara_in.post(f"/mine/people/{luc.pk}/", {**PLAIN, "rights": ["seen"], "may_act": "on"})
    before, after = given(harbour)
    assert (before.rights, before.ended_at, before.ended_by) == (["visits"], now, "Amara")
    assert (after.rights, after.may_act, after.ended_at) == (["seen"], True, None)


def test_what_was_agreed_is_never_edited(amara, close_to, here, now):
    """The database itself refuses, also what has ended."""
    luc = close_to(amara, "Luc", rights=["visits"])
    for change in ({"rights": ["seen"]}, {"until_on": None}, {"may_act": True}, {"email": "x@y.z"}):
        with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
            CloseOne.objects.filter(pk=luc.pk).update(**change)
    CloseOne.objects.filter(pk=luc.pk).update(ended_at=now, ended_by="Amara")
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        CloseOne.objects.filter(pk=luc.pk).update(ended_at=None)


def test_a_parents_view_ends_on_a_day(amara_in, harbour):
    parent = {**PLAIN, "name": "Aino", "relation": "parent"}
    answer = amara_in.post("/mine/people/", parent)
    assert answer.status_code == 422
    assert "decides alone" in answer.content.decode()
    assert "is 16, and decides alone" in answer.content.decode()
    amara_in.post("/mine/people/", {**parent, "until_on": "2031-03-01"})
    assert [one.until_on for one in given(harbour)] == [date(2031, 3, 1)]


def test_a_day_that_has_passed_shares_nothing(amara_in, harbour):
    answer = amara_in.post("/mine/people/", {**PLAIN, "until_on": "2026-11-24"})
    assert answer.status_code == 422
    assert given(harbour) == []


def test_nobody_elses_close_ones(amara_in, luc, close_to, hillside, harbour):
    with working_in(hillside):
        pekka = Client.objects.create(first_name="Pekka")
    others = [close_to(luc, "Mika"), close_to(pekka, "Sam")]
    for one in others:
        for path in (f"/mine/people/{one.pk}/", f"/mine/people/{one.pk}/end/"):
            assert amara_in.post(path, PLAIN).status_code == 404
        assert amara_in.get(f"/mine/people/{one.pk}/").status_code == 404
        with working_in(one.clinic_id):
            assert CloseOne.objects.get(pk=one.pk).ended_at is None


def test_luc_cannot_give_himself_more(as_luc, amara, close_to, harbour):
    luc = close_to(amara, "Luc", rights=["visits", "seen"], may_act=True)
    browser = as_luc(luc)
    for path in ("/mine/people/", f"/mine/people/{luc.pk}/"):
        assert browser.get(path).status_code == 403
        assert browser.post(path, {**PLAIN, "rights": ["visits", "seen"]}).status_code == 403
    assert browser.post(f"/mine/people/{luc.pk}/end/").status_code == 403
    assert len(given(harbour)) == 1
