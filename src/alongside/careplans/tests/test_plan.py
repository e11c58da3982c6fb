"""How the plan has changed, whole on one page: what each reader may see of it, and her answers."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from alongside.careplans.actions._record import NotTheirs
from alongside.careplans.actions.answer_step import answer_step
from alongside.careplans.actions.write_note import write_note
from alongside.careplans.models import StepAnswer
from alongside.clinics.current import working_in
from alongside.goals.actions._change import Reason
from alongside.goals.actions.steps import add_step
from alongside.goals.actions.write import write_goal
from alongside.life.actions._note import NotTheirs as NotTheirLife
from alongside.life.actions.events import answer_review, review, tell_event
from alongside.life.models import Event
from alongside.needs.actions.offer import offer
from alongside.needs.actions.say import say
from alongside.needs.models import Service
from alongside.people.actors import of_close_one

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
SOUP, POT, MARKET, GROUP = "Cook soup", "Use the small pot", "We go on Mondays.", "Coping group"


@pytest.fixture
def changed(amara, joon, noted, acting, harbour, now):
    """One change of each kind, by Joon, a day apart."""
    own, by = acting.client(amara), acting.staff(joon)
    with working_in(harbour):
        goal = write_goal(amara, words=SOUP, agrees=True, by=own, now=now - timedelta(days=9))
        reason = Reason(why="The pot is heavy.")
        add_step(goal, words=POT, reason=reason, by=by, now=now - timedelta(days=6))
        event = tell_event(amara, what="loss", words="my aunt", by=own, now=now)
        review(event, outcome=MARKET, by=by, now=now - timedelta(days=4))
        say(amara, "b152", performance=3, by=own, now=now - timedelta(days=5))
        service = Service.objects.create(name=GROUP, covers=["b1"])
        offer(amara, service, by=by, now=now - timedelta(days=3))
    return goal


def test_it_stands_there_whole_the_newest_first(amara_in, changed):
    page = amara_in.get("/mine/plan/").content.decode()
    places = [page.rindex(words) for words in (GROUP, MARKET, POT, "Cut an onion", SOUP)]
    assert places == sorted(places)
    assert page.count("Waits for a yes.") == 4
    assert "Because:" in page


def test_joon_reads_the_same(web, sign_in, joon, amara, changed):
    sign_in(web, joon)
    page = web.get(f"/people/{amara.pk}/plan/").content.decode()
    assert all(words in page for words in (GROUP, MARKET, POT, "Cut an onion", SOUP))


def test_the_desk_and_the_other_clinic_do_not(web, sign_in, dee, charlie, amara, changed):
    for who in (dee, charlie):
        sign_in(web, who)
        assert web.get(f"/people/{amara.pk}/plan/").status_code in (403, 404)


@pytest.mark.parametrize(
    ("right", "sees"),
    [("goals", {SOUP, POT}), ("life", {MARKET}), ("needs.mind", {GROUP}), ("needs.body", set())],
)
def test_somebody_close_reads_what_they_may_see(
    web, own_page, close_to, amara, changed, right, sees
):
    luc = own_page(web, close_to(amara, "Luc", rights=["notes", right]))
    page = luc.get("/mine/plan/").content.decode()
    assert {words for words in (GROUP, MARKET, POT, SOUP) if words in page} == sees
    assert "Cut an onion" in page
    none = own_page(Browser(), close_to(amara, "Ana", rights=[right]))
    assert none.get("/mine/plan/").status_code == 403


def test_she_says_no_to_the_next_step_and_joon_reads_it(
    sign_in, amara_in, joon, amara, noted, amaras_visit, harbour
):
    page = amara_in.get("/mine/what-we-did/").content.decode()
    assert "Is this right with you?" in page
    sent = {"note": str(noted.pk), "do": "no"}
    assert amara_in.post("/mine/next-step/", sent).status_code == 303
    assert "You said no" in amara_in.get("/mine/what-we-did/").content.decode()
    web = sign_in(Browser(), joon)
    page = web.get(f"/today/visit/{amaras_visit.pk}/").content.decode()
    assert "They said no: talk about it" in page
    with working_in(harbour):
        assert not StepAnswer.objects.get().agrees


def test_a_yes_beside_us_is_kept_with_the_note(sign_in, joon, amara, done, amara_in):
    web = sign_in(Browser(), joon)
    there = f"/people/{amara.pk}/visits/{done.pk}/note/"
    sent = {"did": "We cooked.", "next_step": "Rest more.", "setting": "home", "agreed": "on"}
    assert web.post(there, sent).status_code == 303
    assert "They said yes" in web.get(there).content.decode()
    assert "Is this right with you?" not in amara_in.get("/mine/what-we-did/").content.decode()
    assert "noted by Joon" in amara_in.get("/mine/plan/").content.decode()


def test_nobody_else_answers_and_nobody_twice(noted, amara, luc, joon, close_to, acting, here, now):
    watches = of_close_one(close_to(amara, "Ana", rights=["notes"]))
    for by in (acting.client(luc), acting.staff(joon), watches):
        with pytest.raises(NotTheirs):
            answer_step(noted, agrees=True, by=by, now=now)
    assert answer_step(noted, agrees=True, by=acting.client(amara), now=now)
    assert not answer_step(noted, agrees=False, by=acting.client(amara), now=now)


@pytest.mark.parametrize("sent", [{}, {"note": "x", "do": "yes"}, {"do": "yes"}])
def test_what_is_not_there_is_not_answered(amara_in, noted, sent):
    assert amara_in.post("/mine/next-step/", sent).status_code == 404
    assert amara_in.post("/mine/next-step/", {"note": str(noted.pk)}).status_code == 404


def test_a_note_without_a_next_step_keeps_no_yes(done, joon, acting, here, now):
    values = {"did": "We talked.", "next_step": "", "setting": "clinic"}
    write_note(done, values, agreed=True, staff=joon, by=acting.staff(joon), now=now)
    assert not StepAnswer.objects.exists()


# --- what was looked at again after something happened ---


@pytest.fixture
def reviewed(amara, joon, acting, harbour, now):
    """Amara lost somebody; Joon looked at her plan and said what changes."""
    with working_in(harbour):
        event = tell_event(amara, what="loss", words="my aunt", by=acting.client(amara), now=now)
        review(event, outcome=MARKET, by=acting.staff(joon), now=now)
        return Event.objects.get()


def test_she_says_yes_to_what_changes(amara_in, reviewed, harbour):
    assert "Is this right with you?" in amara_in.get("/mine/life/").content.decode()
    assert "We looked at your plan" in amara_in.get("/mine/").content.decode()
    amara_in.post("/mine/life/", {"event": str(reviewed.pk), "do": "yes"})
    assert "Is this right with you?" not in amara_in.get("/mine/life/").content.decode()
    with working_in(harbour):
        assert Event.objects.get().answered_by == "Amara"


def test_a_no_is_looked_at_again_by_a_date(amara_in, reviewed, harbour, now):
    amara_in.post("/mine/life/", {"event": str(reviewed.pk), "do": "no"})
    page = amara_in.get("/mine/life/").content.decode()
    assert "You said no: let us talk about it." in page
    assert "We look at your plan with you by 8 December." in page
    with working_in(harbour):
        assert Event.objects.filter(reviewed_at=None).get().review_by == (
            now.date() + timedelta(days=14)
        )


def test_nobody_else_answers_for_her(reviewed, amara, luc, joon, acting, here, now):
    for by in (acting.client(luc), acting.staff(joon)):
        with pytest.raises(NotTheirLife):
            answer_review(reviewed, agrees=True, by=by, now=now)
    assert answer_review(reviewed, agrees=True, by=acting.client(amara), now=now)
    assert not answer_review(reviewed, agrees=False, by=acting.client(amara), now=now)


def test_what_was_not_looked_at_is_not_answered(amara, acting, here, now):
    event = tell_event(amara, what="move", by=acting.client(amara), now=now)
    assert not answer_review(event, agrees=True, by=acting.client(amara), now=now)


def test_a_long_plan_costs_no_more_questions(
    amara_in, amara, changed, acting, harbour, now, django_assert_max_num_queries
):
    with working_in(harbour):
        for number in range(12):
            goal = write_goal(
                amara, words=f"Goal {number}", agrees=True, by=acting.client(amara), now=now
            )
            add_step(goal, words="a step", by=acting.client(amara), now=now)
    amara_in.get("/mine/plan/")
    with django_assert_max_num_queries(9):
        amara_in.get("/mine/plan/")
