"""What was offered during a wait is a tap, and the tap can be taken back (R7)."""

import pytest
from conftest import NOW
from django.test import Client as Browser
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.welcome.models import Offer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_time(at_ten_past_ten):
    """All of this happens at 10:12."""


def offered(web, visit, kind="drink", do="offer"):
    return web.post(reverse("welcome:offered", args=[visit.pk]), {"kind": kind, "do": do})


def offers(visit) -> list[tuple]:
    with working_in(visit.clinic_id):
        return list(Offer.objects.values_list("kind", "at", "by__name"))


def board(web) -> str:
    return web.get(reverse("visits:board"), headers={"Accept-Language": "en"}).content.decode()


def test_one_tap_notes_it_once_with_the_time_and_who(desk, waiting):
    for _ in range(3):
        assert offered(desk, waiting).status_code == 303
    assert offers(waiting) == [("drink", NOW, "Dee")]
    assert "offered something to drink, 10:12" in board(desk)
    with working_in(waiting.clinic_id):
        assert Entry.objects.filter(verb="welcome.offer").count() == 1


def test_the_wrong_row_can_be_taken_back(desk, waiting):
    offered(desk, waiting)
    offered(desk, waiting, do="take-back")
    assert offers(waiting) == []
    assert "offered something" not in board(desk)


def test_what_cannot_be_offered_is_not_noted(desk, waiting):
    assert offered(desk, waiting, kind="champagne").status_code == 404
    assert offered(desk, waiting, do="drink").status_code == 404
    assert offers(waiting) == []


def test_a_stranger_and_the_other_clinic_note_nothing(web, desk, waiting, charlie, sign_in):
    assert offered(web, waiting).status_code == 403
    assert offered(sign_in(Browser(), charlie), waiting).status_code == 404
    assert offers(waiting) == []
    assert offered(desk, waiting).status_code == 303
    assert len(offers(waiting)) == 1
