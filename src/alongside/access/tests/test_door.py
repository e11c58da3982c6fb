"""Deny by default; a link opens one thing, until it ends; an action sent twice is done once."""

from datetime import timedelta

import pytest

from alongside.access.actions.links import end_links, give_link
from alongside.access.actions.once import TooManyTries, count_attempt, do_once
from alongside.access.models import Link
from alongside.access.policy import POLICY
from alongside.access.who import link_for

pytestmark = pytest.mark.django_db


def test_an_address_that_the_table_does_not_name_is_refused_to_everybody(
    web, sign_in, noor, monkeypatch
):
    monkeypatch.delitem(POLICY, "visits:board")
    assert sign_in(web, noor).get("/today/").status_code == 403


def test_with_its_row_it_opens(web, sign_in, noor):
    """The positive twin."""
    assert sign_in(web, noor).get("/today/").status_code == 200


def test_a_stranger_is_shown_the_door(web, harbour):
    answer = web.get("/today/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


@pytest.fixture
def token(here, amara, amaras_visit, now):
    return give_link(
        amara, purpose="visit", subject=amaras_visit.pk, now=now, until=now + timedelta(hours=2)
    )


def test_a_links_secret_is_never_stored(token):
    link = Link.objects.get()
    assert token not in str(vars(link))
    assert len(token) >= 22, "128 bits or more"


def test_a_link_opens_its_purpose_until_it_expires_or_ends(token, amaras_visit, now):
    assert link_for(token, purpose="visit", now=now).subject == amaras_visit.pk
    assert link_for(token, purpose="story", now=now) is None
    assert link_for(token, purpose="visit", now=now + timedelta(hours=3)) is None
    end_links(subject=amaras_visit.pk, now=now)
    assert link_for(token, purpose="visit", now=now) is None


def test_unknown_and_expired_links_look_alike(web, token, at_ten_past_ten, now):
    from alongside.clinics import clock

    unknown = web.get("/v/not-a-link-at-all/")
    with clock.standing_at(now + timedelta(hours=5)):
        expired = web.get(f"/v/{token}/")
    assert unknown.status_code == expired.status_code == 404
    assert len(unknown.content) == len(expired.content)


def test_an_action_sent_twice_is_done_once_and_answers_the_same(here, now):
    done = []

    def act():
        done.append(1)
        return {"n": len(done)}

    assert do_once("a-key", "visits.arrive", act, now=now) == {"n": 1}
    assert do_once("a-key", "visits.arrive", act, now=now) == {"n": 1}
    assert do_once("another", "visits.arrive", act, now=now) == {"n": 2}


def test_without_a_key_it_is_done_each_time(here, now):
    """The negative control: it is the key that holds the second back."""
    done = []
    for _ in range(2):
        do_once("", "visits.arrive", lambda: done.append(1) or {}, now=now)
    assert len(done) == 2


def test_nobody_guesses_for_long(here, now):
    for _ in range(10):
        count_attempt("somebody", now=now, most=10)
    with pytest.raises(TooManyTries):
        count_attempt("somebody", now=now, most=10)
    count_attempt("somebody else", now=now, most=10)
    count_attempt("somebody", now=now + timedelta(minutes=11), most=10)
