"""Who may see which part of what is hard for Amara: right person, wrong person, control."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client as Browser

from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.needs.actions._note import NotTheirs
from alongside.needs.actions.let_see import BeyondTheLimit, NobodyChosen, let_see
from alongside.needs.actions.offer import CoversNothing, answer, offer
from alongside.needs.actions.say import say
from alongside.needs.models import Extent, Proposal, Service, Sharing
from alongside.needs.queries import who_sees
from alongside.needs.queries.who_sees import EVERY, seen_by
from alongside.people.actors import gives, of_close_one
from alongside.rules.needs import Area
from alongside.rules.who_sees import Whom

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
BUTTONS, NIGHTS, PAIN, STEP = "buttons", "I lie awake", "my wrist burns", "the step at the door"
WORDS = {"d540": BUTTONS, "b134": NIGHTS, "b280": PAIN, "e155": STEP}
AREAS = {"d540": "activities", "b134": "mind", "b280": "body", "e155": "surroundings"}


@pytest.fixture
def told(amara, acting, harbour, now):
    """One thing of each part, in Amara's words."""
    with working_in(harbour):
        for code, words in WORDS.items():
            say(amara, code, performance=3, words=words, by=acting.client(amara), now=now)


@pytest.fixture
def only_joon(amara, joon, acting, harbour, told, now):
    """Amara keeps mind and sleep for Joon."""
    with working_in(harbour):
        return let_see(
            amara,
            Area.MIND,
            whom=Whom.NAMED,
            named=[joon.pk],
            by=acting.client(amara),
            now=now,
        )


@pytest.fixture
def coping(harbour):
    """A group for what is hard at night."""
    with working_in(harbour):
        return Service.objects.create(name="Coping group", kind="group", covers=["b1"])


def hers(amara, own_page):
    """Amara's own browser, in English."""
    browser = own_page(Browser(), amara)
    browser.cookies["alongside-language"] = "en"
    return browser


def found(page: str) -> set[str]:
    """Whose words stand on a page."""
    return {words for words in WORDS.values() if words in page}


# --- somebody close ---


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


# --- those who work here ---


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


# --- saying so ---


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


# --- over time ---


def test_how_it_has_changed_is_seen_by_amara_and_by_joon(
    web, sign_in, own_page, joon, amara, told, acting, harbour, now
):
    with working_in(harbour):
        say(amara, "b280", performance=1, by=acting.client(amara), now=now)
    sign_in(web, joon)
    amaras = hers(amara, own_page)
    for page in (
        amaras.get("/mine/needs/over-time/").content.decode(),
        web.get(f"/people/{amara.pk}/needs/over-time/").content.decode(),
    ):
        assert "easier than at first" in page
        assert page.index("A big problem") < page.index("A small problem")
        assert "dressing" in page.partition("The same as when it was first told")[2]


def test_over_time_luc_sees_his_part_only(
    web, own_page, close_to, amara, told, acting, harbour, now
):
    with working_in(harbour):
        for code in ("b280", "b134"):
            say(amara, code, performance=1, by=acting.client(amara), now=now)
    luc = own_page(web, close_to(amara, "Luc", rights=["needs.body"]))
    page = luc.get("/mine/needs/over-time/").content.decode()
    assert 'id="time-b280"' in page
    assert 'id="time-b134"' not in page
    assert "dressing" not in page


def test_the_pages_cost_the_same_however_much_was_told(
    amara_in, amara, close_to, told, django_assert_max_num_queries
):
    for number in range(6):
        close_to(amara, f"Friend{number}", rights=["needs.body"])
    amara_in.get("/mine/needs/who/")
    with django_assert_max_num_queries(7):
        amara_in.get("/mine/needs/who/")
    amara_in.get("/mine/needs/over-time/")
    with django_assert_max_num_queries(5):
        amara_in.get("/mine/needs/over-time/")


def test_every_reader_of_extents_asks_who_may_see(amara, told, here):
    """What reads rows of needs takes the parts that may be seen, and has no default for them."""
    import inspect

    from alongside.needs.queries import profile

    for name in ("lines_of", "courses_of", "proposals_of", "covered_by", "proposal_of"):
        areas = inspect.signature(getattr(profile, name)).parameters["areas"]
        assert areas.default is inspect.Parameter.empty, name
    assert Extent.objects.count() == len(WORDS)
    assert frozenset(Area) == who_sees.EVERY
