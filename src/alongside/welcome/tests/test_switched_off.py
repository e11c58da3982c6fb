"""Switched off, the welcome leaves no trace on any page and no address; what it wrote is kept."""

import pytest
from conftest import NOW, _staff, book_for
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.clinics.current import working_in
from alongside.people.actors import of_staff
from alongside.people.models import Client
from alongside.visits.actions.check_in import check_in
from alongside.visits.models import Channel
from alongside.welcome.models import Hopes, Offer, Wish
from alongside.welcome.tests.conftest import link_to

pytestmark = pytest.mark.django_db
# Only this part says these; each is seen while it is on, so that a changed word cannot hide.
ON_THE_PAGES = {
    "waiting": ["While you wait", "A quieter place", "/wish/", 'id="wishes"'],
    "first": ["What do you hope for?", "Will it hurt?", "/hopes/"],
    "board": ["Wishes", "I am going", "Offered", "hopes and worries", "/today/wish/"],
    "visit": ["Before the first visit", "To cook."],
    "client": ["Before the first visit", "To cook."],
}


@pytest.fixture(autouse=True)
def _the_time(at_ten_past_ten):
    """All of this happens at 10:12."""


@pytest.fixture
def used(web, desk, link, waiting, first_visit):
    """A morning with a wish, an offer and hopes; and every page they show on."""
    lucs = link_to(first_visit)
    web.post(f"/v/{link}/wish/water/")
    web.post(reverse("welcome:hopes", args=[lucs]), {"hopes": "To cook.", "worries": ""})
    desk.post(reverse("welcome:offered", args=[waiting.pk]), {"kind": "read", "do": "offer"})
    pages = {
        "waiting": (web, reverse("visits:visit", args=[link])),
        "first": (web, reverse("visits:visit", args=[lucs])),
        "board": (desk, reverse("visits:board")),
        "visit": (desk, reverse("visits:board-visit", args=[first_visit.pk])),
        "client": (desk, reverse("office:client", args=[first_visit.client_id])),
    }

    def read(name: str) -> str:
        browser, path = pages[name]
        browser.cookies["alongside-language"] = "en"
        answer = browser.get(path)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def switch(clinic, *parts: str) -> None:
    clinic.parts_off = list(parts)
    clinic.save()


@pytest.mark.parametrize("name", ON_THE_PAGES)
def test_no_trace_on_any_page(used, harbour, name):
    assert [word for word in ON_THE_PAGES[name] if word not in used(name)] == []
    switch(harbour, "welcome")
    body = used(name)
    assert [word for word in [*ON_THE_PAGES[name], "welcome"] if word in body] == []


def test_no_address_for_anybody(used, web, desk, link, waiting, harbour):
    with working_in(harbour):
        wish = Wish.objects.get()
    paths = [
        (web, f"/v/{link}/wish/water/"),
        (web, reverse("welcome:hopes", args=[link])),
        (desk, reverse("welcome:answer", args=[wish.pk])),
        (desk, reverse("welcome:offered", args=[waiting.pk])),
    ]
    data = {"do": "going", "kind": "drink"}
    on = [browser.post(path, {**data, "do": ""}).status_code for browser, path in paths]
    assert on == [303, 303, 404, 404]
    assert [browser.get(path).status_code for browser, path in paths] == [403] * 4
    switch(harbour, "welcome")
    assert [browser.post(path, data).status_code for browser, path in paths] == [404] * 4
    assert [browser.get(path).status_code for browser, path in paths] == [404] * 4
    never = desk.get("/no/such/page/")
    assert never.status_code == 404


def test_nothing_is_asked_of_its_tables(used, harbour):
    def ours() -> int:
        with CaptureQueriesContext(connection) as caught:
            used("board")
        return sum("welcome_" in one["sql"] for one in caught.captured_queries)

    assert ours() == 3
    switch(harbour, "welcome")
    assert ours() == 0


def test_what_it_wrote_is_kept_and_comes_back(used, harbour):
    def rows() -> list[int]:
        with working_in(harbour):
            return [model.objects.count() for model in (Wish, Offer, Hopes)]

    assert rows() == [1, 1, 1]
    switch(harbour, "welcome")
    used("board")
    assert rows() == [1, 1, 1]
    switch(harbour)
    assert "wishes: a glass of water" in used("board")


def test_it_is_off_in_one_clinic_and_on_in_the_other(used, harbour, hillside, charlie, sign_in):
    switch(harbour, "welcome")
    mika = _staff(hillside, "Mika", "therapist")
    with working_in(hillside):
        priya = Client.objects.create(first_name="Priya", prefers="none")
    visit = book_for(priya, mika, NOW.replace(hour=10, minute=30))
    with working_in(hillside):
        check_in(visit, by=of_staff(charlie), channel=Channel.DESK, now=NOW)
    there = sign_in(Browser(), charlie)
    there.cookies["alongside-language"] = "en"
    assert "Offered" in there.get(reverse("visits:board")).content.decode()
