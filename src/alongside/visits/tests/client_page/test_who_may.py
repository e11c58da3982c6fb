"""Who may see a client's page; and that looking changes nothing."""

from datetime import timedelta
from hashlib import sha256

import pytest
from conftest import NOW, book_for
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.urls import reverse

from alongside.access.actions.links import end_links
from alongside.clinics.current import across_clinics, working_in
from alongside.visits.models import State
from alongside.visits.tests.client_page.on_the_page import at, fresh, link_to, look, send

SENT = ["check-in", "late", "ask", "mood"]


def everything() -> str:
    """One figure for every row of every table."""
    digest = sha256()
    with across_clinics("a test looks at every row there is"):
        for model in apps.get_models():
            if model is not Session:
                rows = model._default_manager.order_by("pk")
                digest.update(serializers.serialize("json", rows).encode())
    return digest.hexdigest()


def test_an_unknown_an_expired_an_ended_and_another_links_page_look_alike(
    web, link, amaras_visit, at_ten_past_ten
):
    expired = link_to(amaras_visit, until=timedelta(hours=-1))
    other = link_to(amaras_visit, purpose="another")
    with working_in(amaras_visit.clinic_id):
        end_links(subject=amaras_visit.pk, now=NOW)
    answers = [
        web.get(reverse("visits:visit", args=[token]), headers={"Accept-Language": "en"})
        for token in ("nothing", expired, other, link)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert "the newest message from us" in answers[0].content.decode()
    assert len({answer.content.split(b"<main")[1] for answer in answers}) == 1


@pytest.mark.parametrize("name", SENT)
def test_without_the_link_nothing_can_be_sent(web, amaras_visit, name, at_ten_past_ten):
    assert send(web, name, "guessed", key="k", late="5", mood="1").status_code == 404
    assert fresh(amaras_visit).version == 1


def test_lucs_link_opens_lucs_visit_and_not_his_sisters(
    web, amaras_visit, luc, joon, at_ten_past_ten
):
    his = book_for(luc, joon, NOW.replace(hour=11, minute=20))
    token = link_to(his)
    assert "Amara" not in look(web, token)
    send(web, "check-in", token, key="k")
    assert fresh(amaras_visit).state == State.BOOKED


def test_charlie_has_no_way_to_amaras_page(web, sign_in, charlie, amaras_visit, at_ten_past_ten):
    sign_in(web, charlie)
    assert web.get(reverse("visits:visit", args=[str(amaras_visit.pk)])).status_code == 404


def test_a_link_preview_changes_nothing(web, link, waiting):
    before = everything()
    with at(3):
        for ask in (web.get, web.head) * 3:
            ask(reverse("visits:visit", args=[link]), headers={"User-Agent": "preview-bot"})
        for name in SENT:
            assert web.get(reverse(f"visits:{name}", args=[link])).status_code in (403, 405)
    assert everything() == before


def test_the_figure_that_shows_it_can_change(web, link, amaras_visit, at_ten_past_ten):
    before = everything()
    send(web, "check-in", link, key="k")
    assert everything() != before


def test_a_form_that_is_too_old_tells_a_client_what_a_client_can_do(link, in_english):
    from django.test import Client as Browser

    strict = Browser(enforce_csrf_checks=True)
    answer = strict.post(reverse("visits:check-in", args=[link]), {"key": "k"})
    assert answer.status_code == 403
    said = answer.content.decode()
    assert "Open the link in our message once more" in said
    assert "Sign in" not in said
