"""What Luc sees: what was given to him, and nothing else."""

from datetime import timedelta

import pytest

from alongside.access.models import Link
from alongside.access.policy import POLICY, is_shared
from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.parts import registry
from alongside.people.actors import ActorKind, of_close_one

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


def test_luc_signs_in_by_a_letter_of_his_own(web, amara, close_to, harbour):
    from alongside.messaging.models import Message

    close_to(amara, "Luc", email="luc@example.org", rights=["visits"])
    web.post("/mine/sign-in/", {"email": "luc@example.org"})
    with working_in(harbour):
        (letter,) = Message.objects.all()
    assert letter.to == "luc@example.org"
    assert "Hello Luc." in letter.body
    assert "Amara" not in f"{letter.subject}{letter.body}"


def test_luc_sees_exactly_what_is_given(as_luc, amara, close_to, amaras_visit):
    luc = close_to(amara, "Luc", rights=["visits"])
    browser = as_luc(luc)
    page = browser.get("/mine/").content.decode()
    assert "Amara’s page" in page
    assert "Tuesday 24 November at 10:30" in page
    assert "Open this visit" not in page, "he may not act"
    assert "Diallo" not in page
    assert browser.get("/mine/who-saw/").status_code == 403


def test_and_the_other_way_round(as_luc, amara, close_to, amaras_visit):
    browser = as_luc(close_to(amara, "Luc", rights=["seen"]))
    assert "10:30" not in browser.get("/mine/").content.decode()
    assert browser.get("/mine/who-saw/").status_code == 200


def test_to_see_is_not_to_act(as_luc, amara, close_to, amaras_visit, harbour):
    browser = as_luc(close_to(amara, "Luc", rights=["visits"]))
    assert browser.post("/mine/visit/", {"visit": str(amaras_visit.pk)}).status_code == 403
    with working_in(harbour):
        assert not Link.objects.exists()


def test_who_may_act_opens_the_visit(as_luc, amara, close_to, amaras_visit, harbour):
    luc = close_to(amara, "Luc", rights=["visits"], may_act=True)
    browser = as_luc(luc)
    answer = browser.post("/mine/visit/", {"visit": str(amaras_visit.pk)})
    assert browser.get(answer.url).status_code == 200
    browser.post(f"{answer.url}here/")
    with working_in(harbour):
        entry = Entry.objects.filter(verb="visits.check_in").get()
        assert (entry.actor_kind, entry.actor_id) == ("close_one", luc.pk)


def test_every_page_of_a_client_and_every_right(as_luc, amara, close_to):
    """The whole matrix: each address that names close ones, with and without its right."""
    rights = set(registry.rights(()))
    named = {
        name: row for name, row in POLICY.items() if ActorKind.CLOSE_ONE in row.read | row.send
    }
    wanted = {row.right for row in named.values()} - {""}
    offered = {right.partition(".")[0] for right in rights}
    assert wanted <= offered, "an address asks for a right that no part's card offers"
    for name, row in named.items():
        for right in rights:
            for acts in (False, True):
                one = close_to(amara, "Luc", rights=[right], may_act=acts)
                actor = of_close_one(one)
                # A part of a right opens the address; the page itself looks which part it was.
                opens = row.right in ("", right.partition(".")[0])
                assert is_shared(row, actor, sends=False) is opens, name
                sends = opens and (acts or row.asks or not row.right)
                assert is_shared(row, actor, sends=True) is sends, name
    # Who acts for nobody sends one thing: a question.
    assert {name for name, row in named.items() if row.asks} == {"life:questions"}


def test_what_asks_for_no_right_holds_nothing_of_the_clients():
    bare = {
        name
        for name, row in POLICY.items()
        if ActorKind.CLOSE_ONE in row.read | row.send
        and ActorKind.DESK not in row.read | row.send
        and not row.right
    }
    passkeys = {"mine:passkeys", "mine:new-passkey", "mine:new-passkey-question"}
    assert bare == {"mine:home", "mine:enter", "mine:sign-ins", "live:mine"} | passkeys


def test_he_is_nobody_elses_close_one(as_luc, amara, luc, close_to, amaras_visit, joon, now):
    from conftest import book_for

    lucs = book_for(luc, joon, now + timedelta(hours=3))
    browser = as_luc(close_to(amara, "Mika", rights=["visits", "seen"], may_act=True))
    assert browser.post("/mine/visit/", {"visit": str(lucs.pk)}).status_code == 404
