"""“I am here” from an open page: answered with its changing piece, in one round trip."""

import pytest
from django.urls import reverse

from alongside.clinics.current import working_in
from alongside.visits.models import State, Step, Told
from alongside.visits.tests.client_page.on_the_page import fresh, link_to

pytestmark = pytest.mark.django_db


def tap(web, token: str, *, key: str = "k1", open_page: bool = True):
    headers = {"HX-Request": "true"} if open_page else {}
    return web.post(reverse("visits:check-in", args=[token]), {"key": key}, headers=headers)


def test_an_open_page_is_answered_with_its_own_piece_and_the_told_wait(
    web, at_ten_past_ten, amaras_visit
):
    answer = tap(web, link_to(amaras_visit))
    drawn = answer.content.decode()
    assert answer.status_code == 200
    assert drawn.lstrip().startswith('<div id="visit"')
    assert "<html" not in drawn
    with working_in(amaras_visit.clinic_id):
        assert Told.objects.filter(visit=amaras_visit).count() == 1
    assert 'class="big num"' in drawn


def test_the_piece_is_what_the_page_shows_when_it_is_loaded_anew(
    web, at_ten_past_ten, amaras_visit
):
    token = link_to(amaras_visit)
    told = tap(web, token).content.decode()
    again = web.get(reverse("visits:visit", args=[token]), headers={"HX-Request": "true"})
    assert _without_secrets(told) == _without_secrets(again.content.decode())


def test_sent_twice_it_counts_once_and_says_the_same(web, at_ten_past_ten, amaras_visit):
    token = link_to(amaras_visit)
    first, second = tap(web, token), tap(web, token)
    assert first.status_code == second.status_code == 200
    with working_in(amaras_visit.clinic_id):
        assert Step.objects.filter(visit=amaras_visit, verb="check_in").count() == 1
    assert 'class="big num"' in second.content.decode()


def test_without_script_it_is_a_redirect_to_the_page(web, at_ten_past_ten, amaras_visit):
    token = link_to(amaras_visit)
    answer = tap(web, token, open_page=False)
    assert answer.status_code == 303
    assert answer["Location"] == reverse("visits:visit", args=[token])


def test_somebody_elses_secret_opens_nothing(web, at_ten_past_ten, amaras_visit):
    assert tap(web, "x" * 24).status_code == 404
    assert fresh(amaras_visit).state == State.BOOKED


def _without_secrets(drawn: str) -> str:
    """A form's token is masked anew each time it is drawn."""
    return "\n".join(line for line in drawn.splitlines() if "csrfmiddlewaretoken" not in line)
