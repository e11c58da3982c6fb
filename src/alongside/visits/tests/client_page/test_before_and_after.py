"""A client's own page before the day and once the visit is over, in both languages; its size."""

from datetime import timedelta

import pytest
from conftest import NOW, book_for
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from alongside.clinics.current import working_in
from alongside.visits.messages import page as words
from alongside.visits.models import State, Visit
from alongside.visits.tests.client_page.on_the_page import at, fresh, link_to, look, send


def test_amara_reads_her_page_in_her_own_language(web, link, at_ten_past_ten):
    body = look(web, link)
    assert 'lang="fr"' in body
    assert "Amara" in body
    assert "La porte bleue à côté de la boulangerie." in body


def test_i_will_come_is_asked_before_the_day_and_not_on_it(
    in_english, link, amara, joon, at_ten_past_ten
):
    later = book_for(amara, joon, NOW + timedelta(days=3))
    assert "I will come" in look(in_english, link_to(later))
    assert "I will come" not in look(in_english, link)


def test_she_can_switch_the_language(in_english, link, at_ten_past_ten):
    assert "Hello Amara. Your visit is today at 10:30." in look(in_english, link)


def test_days_before_the_page_says_when_with_whom_and_how_to_get_in(
    in_english, amara, joon, at_ten_past_ten
):
    body = look(in_english, link_to(book_for(amara, joon, NOW + timedelta(days=3))))
    for said in ("Friday 27 November at 10:12", "Joon", "The blue door", "Your glasses"):
        assert said in body
    assert "I am here" not in body


def test_on_the_day_but_too_early_it_says_from_when(in_english, amara, joon, at_ten_past_ten):
    visit = book_for(amara, joon, NOW.replace(hour=14, minute=0))
    token = link_to(visit)
    assert "From 12:30 you can tell us here" in look(in_english, token)
    send(in_english, "check-in", token, key="k")
    assert fresh(visit).state == State.BOOKED


def test_a_page_keeps_to_itself(web, link, at_ten_past_ten):
    answer = web.get(reverse("visits:visit", args=[link]))
    assert answer["Cache-Control"] == "no-store"
    # Not "no-referrer": a browser would then send its own forms with no origin, and be refused.
    assert answer["Referrer-Policy"] == "same-origin"
    assert "Diallo" not in answer.content.decode()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.WITH, "You are with Joon."),
        (State.DONE, "Thank you for coming, Amara."),
        (State.CANCELLED, "This visit is cancelled."),
        (State.MISSED, "We missed you. We hope you are well."),
    ],
)
def test_every_end_says_what_is_next(in_english, link, waiting, state, said):
    with working_in(waiting.clinic_id):
        Visit.objects.filter(pk=waiting.pk).update(state=state, started_at=NOW)
    with at(1):
        assert said in look(in_english, link)


def test_a_day_that_went_by_is_nobodys_fault(in_english, amara, joon):
    visit = book_for(amara, joon, NOW - timedelta(days=1))
    with at(0):
        body = look(in_english, link_to(visit))
    assert "We missed you." in body
    assert "you did not" not in body.lower()


def test_the_page_asks_the_database_few_questions(web, link, waiting, harbour):
    harbour.parts_off = ["welcome"]
    harbour.save()
    with at(1), CaptureQueriesContext(connection) as asked:
        look(web, link)
    # The link with its clinic, the visit, what was told, who is before, who is away.
    assert len(asked) <= 5, "\n".join(one["sql"] for one in asked)


def test_every_answer_stays_small(web, link, waiting):
    with at(1):
        assert len(look(web, link).encode()) < 40_000


def test_the_words_are_french_where_she_reads_french():
    with translation.override("fr"):
        for said in (words.big(timedelta(minutes=8)), words.place(0), words.place(2)):
            assert said
    assert words.in_minutes(timedelta(minutes=96)) == "1 h 36"
    assert words.between(timedelta(0), timedelta(minutes=9)) == (
        "Most likely in less than 9 minutes."
    )
    assert words.between(timedelta(minutes=50), timedelta(minutes=75)) == (
        "Most likely between 50 minutes and 1 h 15."
    )
