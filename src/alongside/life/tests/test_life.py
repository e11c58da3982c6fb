"""Questions are seen and answered, what happens leads to a dated look at the plan."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.audit.models import Entry
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.life.actions._note import NotTheirs, NoWords
from alongside.life.actions.events import review, tell_event
from alongside.life.actions.items import add_item, end_item, say_where_we_take_part
from alongside.life.actions.questions import (
    answer_question,
    ask_question,
    see_questions,
    take_question,
)
from alongside.life.models import Event, Item, Question
from alongside.life.queries import life_of, with_open_questions

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


@pytest.fixture
def amara_in(web, amara, own_page):
    """Amara, signed in, reading English today."""
    web.cookies["alongside-language"] = "en"
    return own_page(web, amara)


@pytest.fixture
def asked(amara, acting, harbour, now):
    """A question of Amara's."""
    with working_in(harbour):
        return ask_question(amara, words="May I drive?", by=acting.client(amara), now=now)


def test_a_question_has_a_date_from_the_first_moment(asked, now):
    assert asked.answer_by == (now + timedelta(days=7)).date()
    assert asked.seen_at is None


def test_it_is_seen_taken_and_answered_and_she_reads_by_whom(
    amara_in, asked, amara, joon, acting, harbour, now
):
    with working_in(harbour):
        see_questions(amara, by=acting.staff(joon), now=now)
        take_question(asked, staff=joon, by=acting.staff(joon), now=now)
        page = amara_in.get("/mine/questions/").content.decode()
        assert "Joon answers by 1 December." in page
        assert "Joon has read it." in page
        answer_question(asked, words="Yes, from Monday.", by=acting.staff(joon), now=now)
        assert "Yes, from Monday." in amara_in.get("/mine/questions/").content.decode()
        assert Entry.objects.filter(verb="life.answer").count() == 1


def test_an_answer_has_words(asked, joon, acting, here, now):
    with pytest.raises(NoWords):
        answer_question(asked, words=" ", by=acting.staff(joon), now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=asked.pk).update(answered_at=now)


def test_nobody_else_asks_for_her(amara, luc, acting, here, now):
    with pytest.raises(NotTheirs):
        ask_question(amara, words="?", by=acting.client(luc), now=now)
    with pytest.raises(NotTheirs):
        tell_event(amara, what="move", by=acting.client(luc), now=now)


def test_an_unseen_question_stands_on_the_board(
    web, sign_in, dee, joon, asked, amaras_visit, amara
):
    board = sign_in(web, dee).get("/today/").content.decode()
    assert "asks something, not seen yet" in board
    sign_in(web, joon).get(f"/people/{amara.pk}/life/")
    assert "has an open question" in sign_in(web, dee).get("/today/").content.decode()


def test_the_other_clinic_sees_none(asked, hillside, web, sign_in, charlie, amara):
    with working_in(hillside):
        assert not Question.objects.exists()
        assert with_open_questions([amara.pk]) == {}
    assert sign_in(web, charlie).get(f"/people/{amara.pk}/life/").status_code in (403, 404)


def test_one_tap_and_the_plan_has_a_date(amara_in, harbour):
    answer = amara_in.post("/mine/life/", {"what": "move", "words": ""}, follow=True)
    assert "We look at your plan with you by 8 December." in answer.content.decode()
    with working_in(harbour):
        assert Event.objects.get().what == "move"


def test_the_plan_is_looked_at_and_the_outcome_said(amara, joon, acting, here, now):
    event = tell_event(amara, what="loss", words="my aunt", by=acting.client(amara), now=now)
    with pytest.raises(NoWords):
        review(event, outcome="", by=acting.staff(joon), now=now)
    review(event, outcome="We begin later.", by=acting.staff(joon), now=now)
    assert Event.objects.get().outcome == "We begin later."


def test_her_life_and_where_we_take_part(amara, luc, joon, acting, here, now):
    item = add_item(amara, kind="person", words="Luc", by=acting.client(amara), now=now)
    say_where_we_take_part(item, ours="He comes along", by=acting.staff(joon), now=now)
    kinds = dict(life_of(amara.pk))
    assert [one.ours for items in kinds.values() for one in items] == ["He comes along"]
    with pytest.raises(NotTheirs):
        end_item(item, by=acting.client(luc), now=now)
    end_item(item, by=acting.client(amara), now=now)
    assert Item.objects.get().ended_at == now


def test_staff_do_all_of_it_on_one_page(web, sign_in, joon, amara, asked, harbour):
    sign_in(web, joon)
    there = f"/people/{amara.pk}/life/"
    for sent in (
        {"do": "take", "row": str(asked.pk)},
        {"do": "answer", "row": str(asked.pk), "words": "Yes."},
        {"do": "tell", "what": "work", "words": "a new job"},
        {"do": "add", "kind": "place", "words": "the market"},
        {"do": "ask", "words": "Which bus?"},
    ):
        assert web.post(there, sent).status_code == 302
    page = web.get(there).content.decode()
    for words in ("Yes.", "a new job", "the market", "Which bus?"):
        assert words in page
    assert "Which bus?" in web.get("/questions/").content.decode()
    assert web.post(there, {"do": "answer", "row": "nonsense"}).status_code == 404


def test_somebody_close_may_ask_only_with_the_right(web, own_page, close_to, amara, harbour):
    assert (
        own_page(web, close_to(amara, "Luc", rights=[])).get("/mine/questions/").status_code == 403
    )
    luc = close_to(amara, "Ines", rights=["questions"], may_act=True)
    assert own_page(web, luc).post("/mine/questions/", {"words": "How is she?"}).status_code == 303
    with working_in(harbour):
        assert Question.objects.get().asked_by == "Ines"


def test_an_empty_question_is_refused_in_words(amara_in):
    answer = amara_in.post("/mine/questions/", {"words": "  "})
    assert answer.status_code == 422
    assert "Write your question." in answer.content.decode()


def test_who_may_see_questions_may_ask_one_and_change_nothing_else(
    web, own_page, close_to, amara, harbour
):
    luc = close_to(amara, "Luc", rights=["questions", "life"], may_act=False)
    web = own_page(web, luc)
    assert web.post("/mine/questions/", {"words": "How is she?"}).status_code == 303
    assert web.post("/mine/life/", {"kind": "person", "words": "me"}).status_code == 403
    with working_in(harbour):
        assert Question.objects.get().asked_by == "Luc"
        assert not Item.objects.exists()


def test_the_list_of_what_is_to_do_opens_on_the_29th_of_february(web, sign_in, joon, now):
    with clock.standing_at(now.replace(year=2028, month=2, day=29)):
        assert sign_in(web, joon).get("/questions/").status_code == 200
