"""Lists that grow for years are leafed through, and a page that shows three reads three."""

from datetime import timedelta

import pytest
from conftest import book_for
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.careplans.models import FollowUp, Note
from alongside.careplans.queries.notes import notes_of
from alongside.clinics.current import working_in
from alongside.people.models import Client

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
WEEKS = 130


@pytest.fixture
def three_years(amara, joon, harbour, now):
    """A visit a week, for most of three years, with a note on each."""
    for week in range(1, WEEKS + 1):
        at = now - timedelta(weeks=week)
        went = {"arrived_at": at, "started_at": at, "finished_at": at}
        visit = book_for(amara, joon, at, state="done", **went)
        with working_in(harbour):
            words = f"Week {week}."
            Note.objects.create(client=amara, visit=visit, did=words, by=joon, written_at=at)


def test_amara_leafs_through_years_of_notes(three_years, web, own_page, amara):
    own_page(web, amara)
    newest = web.get("/mine/what-we-did/").content.decode()
    assert newest.count("Week ") == 20
    assert "Week 1." in newest
    oldest = web.get("/mine/what-we-did/?page=7").content.decode()
    assert f"Week {WEEKS}." in oldest
    assert "Week 1." not in oldest


def test_joon_leafs_through_them_too(three_years, web, sign_in, joon, amara):
    page = sign_in(web, joon).get(f"/people/{amara.pk}/notes/").content.decode()
    assert page.count("Week ") == 50
    assert "?page=2" in page


def test_what_shows_three_reads_three(three_years, amara, harbour):
    with working_in(harbour), CaptureQueriesContext(connection) as asked:
        assert [note.did for note in notes_of(amara.pk)[:3]] == ["Week 1.", "Week 2.", "Week 3."]
    assert [one["sql"][-7:] for one in asked] == ["LIMIT 3"]


@pytest.fixture
def sixty_missed(joon, harbour, now):
    """Sixty people did not come, one after the other, and nothing is booked for them."""
    with working_in(harbour):
        people = [Client.objects.create(first_name=f"Client {n:02}") for n in range(60)]
    for number, client in enumerate(people):
        at = now - timedelta(days=80 - number)
        book_for(client, joon, at, state="missed", missed_at=at)
    return people


def test_follow_ups_are_worked_through_page_by_page(sixty_missed, web, sign_in, joon, harbour):
    sign_in(web, joon)
    first = web.get("/follow-ups/").content.decode()
    assert [f"Client {n:02}" in first for n in (0, 49, 50, 59)] == [True, True, False, False]
    second = web.get("/follow-ups/?page=2").content.decode()
    assert [f"Client {n:02}" in second for n in (49, 50, 59)] == [False, True, True]
    # Whoever takes one on the second page stays there.
    there = f"/people/{sixty_missed[55].pk}/follow-up/"
    answer = web.post(there, {"do": "take", "page": "2"})
    assert answer["Location"] == "/follow-ups/?page=2"
    with working_in(harbour):
        assert FollowUp.objects.get().client == sixty_missed[55]


def test_a_page_that_was_made_up_leads_to_the_list(sixty_missed, web, sign_in, joon):
    sign_in(web, joon)
    there = f"/people/{sixty_missed[5].pk}/follow-up/"
    assert web.post(there, {"do": "take", "page": "2&x=//evil"})["Location"] == "/follow-ups/"
