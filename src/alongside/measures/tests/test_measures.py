"""Questionnaires: asked, filled in at home or together, scored, and an alert that is heard."""

import re
from datetime import timedelta

import pytest

from alongside.clinics.current import working_in
from alongside.measures.actions._note import IsOver, NotTheirs
from alongside.measures.actions.alerts import (
    SayWhatWasDone,
    SomebodyIsGoing,
    close_alert,
    name_responder,
    take_alert,
)
from alongside.measures.actions.answer import answer, finish
from alongside.measures.actions.ask import AlreadyAsked, NobodyHears, NotOursToAsk, ask, withdraw
from alongside.measures.models import Alert, Filling, Responder
from alongside.measures.queries.fillings import series_of
from alongside.measures.queries.forms import form_of
from alongside.rules.measures import BadAnswers

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


def seen(page) -> str:
    """What a reader sees of a page: what waits in it for a lost network is not shown."""
    return re.sub(r"<template.*?</template>", "", page.content.decode(), flags=re.DOTALL)


@pytest.fixture
def amara_in(web, amara, own_page):
    """Amara, signed in, reading English today."""
    web.cookies["alongside-language"] = "en"
    return own_page(web, amara)


@pytest.fixture
def heard(joon, noor, acting, harbour, now):
    """Joon hears alerts."""
    with working_in(harbour):
        name_responder(joon, by=acting.staff(noor), now=now)


@pytest.fixture
def gad(amara, joon, acting, harbour, now):
    """Joon asks Amara the GAD-7."""
    with working_in(harbour):
        return ask(amara, "gad-7", mode="self", by=acting.staff(joon), now=now)


@pytest.fixture
def phq(amara, joon, acting, harbour, heard, now):
    """Joon asks Amara the PHQ-9."""
    with working_in(harbour):
        return ask(amara, "phq-9", mode="self", by=acting.staff(joon), now=now)


def test_she_fills_it_in_one_by_one_and_goes_on_elsewhere(amara_in, gad, harbour):
    there = f"/mine/questionnaires/{gad.pk}/"
    for number in range(1, 4):
        sent = amara_in.post(f"{there}?n={number}", {"answer": "2", "do": "next"})
        assert (sent.status_code, sent["Location"]) == (303, f"{there}?n={number + 1}")
    # Another device: the first question that is not answered.
    assert "question 4 of 8" in amara_in.get(there).content.decode()
    for number in range(4, 9):
        amara_in.post(f"{there}?n={number}", {"answer": "2", "do": "next"})
    assert sent["Location"] == f"{there}?n=4"
    end = amara_in.get(f"{there}end/")
    assert end.status_code == 200
    # One that is changed at the end leads back to the end.
    again = amara_in.post(f"{there}?n=2", {"answer": "2", "do": "next"})
    assert again["Location"] == f"{there}end/"
    amara_in.post(f"{there}end/")
    with working_in(harbour):
        done = Filling.objects.get(pk=gad.pk)
        assert (done.shown, done.band, done.answered) == (14.0, "moderate", 7)


def test_what_was_chosen_stands_when_she_comes_back(amara_in, gad):
    there = f"/mine/questionnaires/{gad.pk}/?n=1"
    amara_in.post(there, {"answer": "3", "do": "next"})
    assert 'value="3" checked' in amara_in.get(there).content.decode()


def test_nothing_chosen_is_asked_again_and_may_be_left_out(amara_in, gad, harbour):
    there = f"/mine/questionnaires/{gad.pk}/?n=1"
    assert amara_in.post(there, {"do": "next"}).status_code == 422
    assert amara_in.post(there, {"do": "skip"}).status_code == 303
    with working_in(harbour):
        assert Filling.objects.get(pk=gad.pk).answers == {"1": None}


def test_an_answer_that_is_no_option_is_refused(gad, amara, acting, here, now):
    with pytest.raises(BadAnswers):
        answer(gad, {"1": "9"}, by=acting.client(amara), now=now)
    assert Filling.objects.get(pk=gad.pk).answers == {}


def test_nobody_else_answers(gad, luc, acting, here, now):
    with pytest.raises(NotTheirs):
        answer(gad, {"1": "1"}, by=acting.client(luc), now=now)
    with pytest.raises(NotTheirs):
        finish(gad, by=acting.client(luc), now=now)


def test_nobody_elses_page(web, own_page, luc, gad, harbour):
    with working_in(harbour):
        luc.email = "luc@example.org"
        luc.save()
    assert own_page(web, luc).get(f"/mine/questionnaires/{gad.pk}/").status_code == 404


def test_somebody_close_needs_the_right(web, own_page, close_to, amara, gad):
    there = f"/mine/questionnaires/{gad.pk}/"
    assert own_page(web, close_to(amara, "Luc", rights=["visits"])).get(there).status_code == 403


def test_asked_once_at_a_time(gad, amara, joon, acting, here, now):
    with pytest.raises(AlreadyAsked):
        ask(amara, "gad-7", mode="self", by=acting.staff(joon), now=now)
    withdraw(gad, by=acting.staff(joon), now=now)
    with pytest.raises(IsOver):
        answer(gad, {"1": "1"}, by=acting.client(amara), now=now)
    ask(amara, "gad-7", mode="self", by=acting.staff(joon), now=now)


def test_the_phq_9_is_not_asked_where_nobody_would_hear(amara, joon, acting, here, now):
    with pytest.raises(NobodyHears):
        ask(amara, "phq-9", mode="self", by=acting.staff(joon), now=now)


def test_what_is_not_ours_is_not_asked(amara, joon, acting, here, now):
    with pytest.raises(NotOursToAsk):
        ask(amara, "moca", mode="staff", by=acting.staff(joon), now=now)


def test_item_nine_alerts_a_named_person_at_once(amara_in, phq, web, sign_in, joon, dee, harbour):
    there = f"/mine/questionnaires/{phq.pk}/"
    for number in range(1, 9):
        amara_in.post(f"{there}?n={number}", {"answer": "0", "do": "next"})
    amara_in.post(f"{there}?n=9", {"answer": "1", "do": "next"})
    page = amara_in.post(f"{there}end/", follow=True).content.decode()
    assert "You are not alone with this." in page
    with working_in(harbour):
        alert = Alert.objects.get()
        assert alert.responder == joon
    board = sign_in(web, joon).get("/today/").content.decode()
    assert "Joon: somebody needs you now." in board
    # Nothing of whom and why stands on the board, which the desk reads too.
    assert "hurting" not in board
    assert "Amara" in web.get("/alerts/").content.decode()
    assert sign_in(web, dee).get("/alerts/").status_code == 403


def test_who_stops_after_item_nine_is_heard_and_helped(amara_in, phq, joon, harbour):
    """Nobody has to come to the end first: the answer itself is heard, and help stands below it."""
    there = f"/mine/questionnaires/{phq.pk}/"
    before = amara_in.post(f"{there}?n=8", {"answer": "3", "do": "next"}, follow=True)
    assert "You are not alone with this." not in seen(before)
    with working_in(harbour):
        assert not Alert.objects.exists()
    after = amara_in.post(f"{there}?n=9", {"answer": "1", "do": "next"}, follow=True)
    assert "You are not alone with this." in seen(after)
    with working_in(harbour):
        assert Alert.objects.get().responder == joon
    # What was heard is not unsaid by another tap, and is heard once.
    amara_in.post(f"{there}?n=9", {"answer": "0", "do": "next"})
    end = amara_in.post(f"{there}end/", follow=True).content.decode()
    assert "You are not alone with this." in end
    with working_in(harbour):
        assert Alert.objects.count() == 1


def test_no_alert_without_a_reason(phq, amara, acting, here, now):
    answer(phq, {str(n): "1" for n in range(1, 9)} | {"9": "0"}, by=acting.client(amara), now=now)
    finish(phq, by=acting.client(amara), now=now)
    assert not Alert.objects.exists()


def test_one_goes_and_says_what_was_done(phq, amara, joon, noor, acting, here, now):
    answer(phq, {"9": "2"}, by=acting.client(amara), now=now)
    finish(phq, by=acting.client(amara), now=now)
    alert = Alert.objects.get()
    take_alert(alert, staff=joon, by=acting.staff(joon), now=now)
    with pytest.raises(SomebodyIsGoing):
        take_alert(alert, staff=noor, by=acting.staff(noor), now=now)
    with pytest.raises(SayWhatWasDone):
        close_alert(alert, done=" ", by=acting.staff(joon), now=now)
    close_alert(alert, done="We talked; her brother is with her.", by=acting.staff(joon), now=now)
    assert Alert.objects.get().closed_at == now


def test_a_change_is_said_in_words(amara, joon, acting, here, now):
    for days, level in ((30, "2"), (0, "1")):
        at = now - timedelta(days=days)
        one = ask(amara, "gad-7", mode="staff", by=acting.staff(joon), now=at)
        answer(one, {str(n): level for n in range(1, 8)}, by=acting.staff(joon), now=at)
        finish(one, by=acting.staff(joon), now=at)
    (series,) = series_of(amara.pk)
    assert series.since_first is not None
    assert series.since_first.delta == -7


def test_home_and_together_are_not_compared(amara, joon, acting, here, now):
    for days, mode in ((30, "self"), (0, "staff")):
        at = now - timedelta(days=days)
        by = acting.client(amara) if mode == "self" else acting.staff(joon)
        one = ask(amara, "gad-2", mode=mode, by=acting.staff(joon), now=at)
        answer(one, {"1": "2", "2": "1"}, by=by, now=at)
        finish(one, by=by, now=at)
    (series,) = series_of(amara.pk)
    assert series.since_first is not None
    assert series.since_first.verdict == "not_comparable"


def test_joon_asks_fills_in_and_enters_scores(web, sign_in, joon, amara, harbour):
    sign_in(web, joon)
    there = f"/people/{amara.pk}/measures/"
    asked = web.post(there, {"measure": "tug", "mode": "staff"})
    assert web.post(asked["Location"], {"seconds": "12.4", "do": "finish"}).status_code == 302
    asked = web.post(there, {"measure": "moca", "mode": "score"})
    assert web.post(asked["Location"], {"total": "24", "do": "finish"}).status_code == 302
    page = web.get(there).content.decode()
    assert "12.4" in page
    assert "at risk" in page
    assert "24" in page
    assert "below the cut-off" in page
    refused = web.post(there, {"measure": "moca", "mode": "self"})
    assert refused.status_code == 422
    assert "a score from elsewhere" in refused.content.decode()


def test_a_wrong_score_keeps_what_was_typed(web, sign_in, joon, amara):
    sign_in(web, joon)
    asked = web.post(f"/people/{amara.pk}/measures/", {"measure": "moca", "mode": "score"})
    answer_page = web.post(asked["Location"], {"total": "45", "do": "finish"})
    assert answer_page.status_code == 422
    assert "45" in answer_page.content.decode()


def test_what_matters_in_ones_own_words(amara_in, amara, joon, acting, harbour, now):
    with working_in(harbour):
        one = ask(amara, "what-matters", mode="self", by=acting.staff(joon), now=now)
    there = f"/mine/questionnaires/{one.pk}/"
    sent = {"r1-name": "Cook soup", "r1-importance": "9", "r1-doing": "3", "r1-satisfaction": "2"}
    assert amara_in.post(there, sent).status_code == 303
    assert "Cook soup" in amara_in.get(f"{there}end/").content.decode()
    amara_in.post(f"{there}end/")
    with working_in(harbour):
        assert Filling.objects.get(pk=one.pk).shown == 3.0


def test_the_front_desk_and_charlie_see_none_of_it(web, sign_in, dee, charlie, amara, gad):
    there = f"/people/{amara.pk}/measures/"
    assert sign_in(web, dee).get(there).status_code == 403
    assert sign_in(web, charlie).get(there).status_code in (403, 404)


def test_every_shipped_form_is_read_in_both_languages():
    for name in ("phq-9", "gad-7", "gg-self-care", "home-check", "hrqol-4", "what-matters", "tug"):
        english, french = form_of(name, "en"), form_of(name, "fr")
        assert english is not None
        assert french is not None
        assert [one.name for one in english.questions] == [one.name for one in french.questions]
        assert english.lead != french.lead
    assert form_of("moca", "en") is None


def test_the_front_desk_reads_neither_goals_nor_measures(web, sign_in, dee, joon, amara):
    there = f"/people/{amara.pk}/"
    desk = sign_in(web, dee).get(there).content.decode()
    assert "Amara" in desk
    assert "their-measures" not in desk
    assert "their-goals" not in desk
    therapist = sign_in(web, joon).get(there).content.decode()
    assert "their-measures" in therapist
    assert "their-goals" in therapist


def test_what_is_theirs_to_fill_in_is_not_filled_in_for_them(web, sign_in, joon, amara, gad, here):
    """A score that stands there as said by themselves must have been."""
    there = f"/people/{amara.pk}/measures/{gad.pk}/"
    sent = {str(number): "3" for number in range(1, 9)} | {"do": "finish"}
    assert sign_in(web, joon).post(there, sent).status_code == 409
    kept = Filling.objects.get(pk=gad.pk)
    assert (kept.answers, kept.finished_at) == ({}, None)


def test_what_is_filled_in_together_is_not_on_their_own_page(
    amara_in, amara, joon, acting, harbour, now
):
    with working_in(harbour):
        one = ask(amara, "gad-7", mode="staff", by=acting.staff(joon), now=now)
    there = f"/mine/questionnaires/{one.pk}/"
    assert amara_in.get(there).status_code == 404
    assert amara_in.post(there, {"answer": "3"}).status_code == 404
    assert there not in amara_in.get("/mine/").content.decode()


@pytest.fixture
def raised(phq, amara, joon, acting, harbour, now):
    """An alert that Joon has taken."""
    with working_in(harbour):
        answer(phq, {"9": "1"}, by=acting.client(amara), now=now)
        alert = Alert.objects.get()
        take_alert(alert, staff=joon, by=acting.staff(joon), now=now)
    return alert


def test_only_who_took_an_alert_or_a_manager_closes_it(
    web, sign_in, raised, joon, dee, noor, acting, harbour, now
):
    with working_in(harbour):
        dee.role = "therapist"
        dee.save()
    there = f"/alerts/{raised.pk}/"
    page = sign_in(web, dee).post(there, {"done": "nothing"}, follow=True)
    assert "Whoever took it says what was done, or a manager." in page.content.decode()
    with working_in(harbour):
        assert Alert.objects.get().closed_at is None
        close_alert(raised, done="We spoke.", by=acting.staff(noor), now=now)
        assert Alert.objects.get().done == "We spoke."


@pytest.mark.parametrize("who", ["at the desk", "gone"])
def test_only_who_treats_clients_and_works_here_hears_alerts(
    web, sign_in, noor, dee, joon, harbour, who
):
    with working_in(harbour):
        joon.is_active = False
        joon.save()
    named = dee if who == "at the desk" else joon
    assert sign_in(web, noor).post("/alerts/who/", {"staff": str(named.pk)}).status_code == 404
    with working_in(harbour):
        assert not Responder.objects.exists()
