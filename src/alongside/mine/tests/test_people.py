"""Close ones: they see what the client gives them, nothing else, and lose it in the same moment."""

from datetime import date, datetime, timedelta

import pytest
from conftest import PARIS
from django.db import DatabaseError, transaction

from alongside.access.models import Link
from alongside.access.own import pages_of
from alongside.access.policy import POLICY, is_shared
from alongside.access.who import link_for
from alongside.audit.models import Entry
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.live.queries import admit, still_open
from alongside.mine.actions.close_ones import end_sharing
from alongside.parts import registry
from alongside.people.actors import ActorKind, of_close_one
from alongside.people.models import Client, CloseOne

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")

PLAIN = {
    "name": "Luc",
    "relation": "sibling",
    "email": "Luc@example.org",
    "language": "en",
    "rights": ["visits"],
}


@pytest.fixture
def amara_in(web, amara, own_page):
    """Amara, signed in, reading English today."""
    web.cookies["alongside-language"] = "en"
    return own_page(web, amara)


@pytest.fixture
def as_luc(own_page):
    """Another browser, with Luc in front of it: `as_luc(one)`."""
    from django.test import Client as Browser

    def _as_luc(one):
        browser = Browser()
        browser.cookies["alongside-language"] = "en"
        return own_page(browser, one)

    return _as_luc


def given(clinic) -> list[CloseOne]:
    with working_in(clinic):
        return list(CloseOne.objects.order_by("added_at", "pk"))


# --- what Amara does ---


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


# --- what Luc sees ---


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


# --- the end of it ---


def test_in_the_moment_she_ends_it_luc_is_out(amara_in, as_luc, amara, close_to, amaras_visit, now):
    luc = close_to(amara, "Luc", rights=["visits", "seen"], may_act=True)
    browser = as_luc(luc)
    opened = browser.post("/mine/visit/", {"visit": str(amaras_visit.pk)}).url
    assert browser.get("/mine/").status_code == browser.get(opened).status_code == 200
    amara_in.post(f"/mine/people/{luc.pk}/end/")
    assert browser.get("/mine/").status_code == 302
    assert browser.get("/mine/who-saw/").status_code == 302
    assert browser.get("/live/mine/").status_code == 401
    assert browser.get(opened).status_code == 404
    assert browser.post(f"{opened}here/").status_code == 404
    assert browser.get("/mine/choose/").content.decode().count("<button") < 5
    assert pages_of(luc.email, now=now) == []


def test_a_letter_that_is_on_its_way_opens_nothing_then(web, amara_in, amara, close_to, harbour):
    from django.test import Client as Browser

    from alongside.messaging.models import Message

    luc = close_to(amara, "Luc", rights=["visits"])
    Browser().post("/mine/sign-in/", {"email": luc.email})
    with working_in(harbour):
        link = next(word for word in Message.objects.get().body.split() if "/mine/enter/" in word)
    amara_in.post(f"/mine/people/{luc.pk}/end/")
    path = link.partition("localhost:8000")[2]
    assert Browser().get(path).status_code == 404


def test_his_open_streams_end_with_the_next_look(as_luc, amara, close_to, harbour, acting, now):
    """The server looks every four seconds (live/stream.py); this is what it asks."""
    from django.conf import settings

    from alongside.live.stream import SWEEP

    assert SWEEP <= 4
    luc = close_to(amara, "Luc", rights=["visits"])
    key = as_luc(luc).cookies[settings.SESSION_COOKIE_NAME].value
    watching = admit("/live/mine/", {settings.SESSION_COOKIE_NAME: key}, now=now)
    assert still_open([watching], now=now) == {watching}
    with working_in(harbour):
        end_sharing(luc, by=acting.client(amara), now=now)
    assert still_open([watching], now=now) == set()


def test_his_stream_of_a_visit_ends_too(
    as_luc, amara, close_to, amaras_visit, harbour, acting, now
):
    luc = close_to(amara, "Luc", rights=["visits"], may_act=True)
    opened = as_luc(luc).post("/mine/visit/", {"visit": str(amaras_visit.pk)}).url
    watching = admit(f"/live/visit/{opened.split('/')[2]}/", {}, now=now)
    assert still_open([watching], now=now) == {watching}
    with working_in(harbour):
        end_sharing(luc, by=acting.client(amara), now=now)
    assert still_open([watching], now=now) == set()


def test_amaras_own_stream_goes_on(amara_in, amara, close_to, harbour, acting, now):
    """The negative control."""
    from django.conf import settings

    luc = close_to(amara, "Luc")
    key = amara_in.cookies[settings.SESSION_COOKIE_NAME].value
    watching = admit("/live/mine/", {settings.SESSION_COOKIE_NAME: key}, now=now)
    with working_in(harbour):
        end_sharing(luc, by=acting.client(amara), now=now)
    assert still_open([watching], now=now) == {watching}


def test_it_ends_at_the_clinics_midnight(as_luc, amara, close_to, amaras_visit, harbour, now):
    """The day on which a child decides alone: 23:59:59 yes, 0:00 no, in Paris."""
    day = date(2026, 11, 25)
    aino = close_to(amara, "Aino", relation="parent", rights=["visits"], may_act=True, until_on=day)
    browser = as_luc(aino)
    opened = browser.post("/mine/visit/", {"visit": str(amaras_visit.pk)}).url
    token = opened.split("/")[2]
    midnight = datetime(2026, 11, 25, tzinfo=PARIS)
    for at, sees in ((midnight - timedelta(seconds=1), True), (midnight, False)):
        assert bool(pages_of(aino.email, now=at)) is sees
        assert (link_for(token, purpose="visit", now=at) is not None) is sees
        with clock.standing_at(at):
            from django.test import Client as Browser

            assert (Browser().get(opened).status_code == 200) is sees


def test_it_begins_on_its_day(as_luc, amara, close_to, now):
    tomorrow = now.date() + timedelta(days=1)
    luc = close_to(amara, "Luc", rights=["visits"], begins_on=tomorrow)
    assert pages_of(luc.email, now=now) == []
    assert len(pages_of(luc.email, now=now + timedelta(days=1))) == 1


# --- staff ---


def test_dee_writes_down_what_amara_agreed_to(web, sign_in, dee, amara, harbour):
    sign_in(web, dee)
    path = f"/people/{amara.pk}/close-ones/"
    assert web.post(path, PLAIN).status_code == 422, "how did she agree?"
    assert given(harbour) == []
    web.post(path, {**PLAIN, "how": "At the desk, Luc beside her."})
    (luc,) = given(harbour)
    assert (luc.agreed_by, luc.agreed_how) == ("Dee", "At the desk, Luc beside her.")
    page = web.get(f"/people/{amara.pk}/").content.decode()
    assert "Luc" in page
    web.post(f"{path}{luc.pk}/end/")
    assert given(harbour)[0].ended_by == "Dee"


def test_charlie_writes_down_nothing_here(web, sign_in, charlie, amara, close_to, harbour):
    luc = close_to(amara, "Luc")
    sign_in(web, charlie)
    path = f"/people/{amara.pk}/close-ones/"
    assert web.get(path).status_code == 404
    assert web.post(path, {**PLAIN, "how": "He said so."}).status_code == 404
    assert web.post(f"{path}{luc.pk}/end/").status_code == 404
    assert [one.ended_at for one in given(harbour)] == [None]


def test_an_address_goes_with_its_own_client(web, sign_in, dee, amara, luc, close_to, harbour):
    """Amara's close one cannot be ended as if he were another client's."""
    one = close_to(amara, "Luc")
    sign_in(web, dee)
    assert web.post(f"/people/{luc.pk}/close-ones/{one.pk}/end/").status_code == 404
    assert given(harbour)[0].ended_at is None
