"""Guessing addresses opens nothing and is stopped; who has a link is never in the way of it."""

import secrets
from datetime import timedelta

import pytest

from alongside.access.actions.links import give_link
from alongside.access.guesses import KEPT, MOST, WINDOW, Guesses, guesses
from alongside.access.models import Link
from alongside.access.tokens import digest_of
from alongside.clinics import clock
from alongside.clinics.current import across_clinics

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(here, amara, amaras_visit, now):
    """Amara's own."""
    return give_link(
        amara, purpose="visit", subject=amaras_visit.pk, now=now, until=now + timedelta(hours=2)
    )


def guess(web, path: str = "/v/{}/", **more: str) -> int:
    return web.get(path.format(secrets.token_urlsafe(18)), **more).status_code


@pytest.mark.parametrize("path", ["/v/{}/", "/door/{}/", "/v/{}/cancel/"])
def test_who_guesses_is_stopped_before_the_hundredth(web, harbour, at_ten_past_ten, path):
    answers = [guess(web, path) for _ in range(99)]
    assert answers.index(429) == MOST
    assert set(answers) == {404, 429}


def test_the_refusal_says_what_to_do_and_when(web, harbour, at_ten_past_ten):
    for _ in range(MOST):
        guess(web)
    answer = web.get("/v/nothing-here-at-all/")
    assert answer["Retry-After"] == "600"
    assert "use the link in it" in answer.content.decode()


def test_a_link_that_is_right_opens_from_the_same_network(web, link, at_ten_past_ten):
    """The waiting room's own network: a child typed a hundred wrong addresses."""
    for _ in range(MOST + 5):
        guess(web)
    assert web.get(f"/v/{link}/").status_code == 200
    assert guess(web, REMOTE_ADDR="203.0.113.9") == 404


def test_after_ten_minutes_it_begins_anew(web, harbour, now):
    with clock.standing_at(now):
        assert 429 in [guess(web) for _ in range(MOST + 1)]
    with clock.standing_at(now + WINDOW):
        assert guess(web) == 404


def test_ten_thousand_guesses_open_nothing(link, amaras_visit):
    made_up = [digest_of(secrets.token_urlsafe(18)) for _ in range(10_000)]
    with across_clinics("a test"):
        found = [
            Link.objects.filter(digest__in=made_up[at : at + 500]).count()
            for at in range(0, 10_000, 500)
        ]
        assert sum(found) == 0
        # The negative control: one that was given is found by the same question.
        assert Link.objects.filter(digest__in=[*made_up[:500], digest_of(link)]).count() == 1


def test_a_flood_from_everywhere_costs_no_more_than_so_much_memory(now):
    crowd = Guesses()
    for number in range(KEPT + 50):
        crowd.count(f"address {number}", now=now)
    assert len(crowd._since) == KEPT


def test_nobody_is_counted_who_was_let_in(web, link, at_ten_past_ten):
    for _ in range(MOST + 5):
        web.get(f"/v/{link}/")
    assert guess(web) == 404
    guesses.forget()
