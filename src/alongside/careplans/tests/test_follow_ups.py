"""Nobody is lost silently: who comes up, who calls, and what came of it."""

from datetime import timedelta

import pytest
from conftest import book_for
from django.db import IntegrityError, transaction

from alongside.audit.models import Entry
from alongside.careplans.actions._record import NotTheirs, NoWords
from alongside.careplans.actions.follow_up import SomebodyWasFaster, close_call, take_call
from alongside.careplans.models import FollowUp
from alongside.careplans.queries.follow_ups import to_call
from alongside.clinics.current import working_in
from alongside.goals.actions.rate import rate
from alongside.goals.actions.write import write_goal

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
THERE = "/follow-ups/"


def found(harbour, now):
    rows = to_call(now=now, zone=harbour.zone)
    return {row.client.goes_by: [one.why.value for one in row.reasons] for row in rows}


@pytest.fixture
def missed(amara, joon, now):
    """Amara did not come two days ago, and nothing is booked."""
    at = now - timedelta(days=4)
    return book_for(amara, joon, at, state="missed", missed_at=at)


def has_goal(client, acting, at):
    by = acting.client(client)
    return write_goal(client, words="Cook", agrees=True, by=by, now=at)


def test_a_missed_visit_comes_up_until_something_is_booked(missed, amara, joon, here, now):
    assert found(here, now) == {"Amara": ["missed"]}
    book_for(amara, joon, now + timedelta(days=5))
    assert found(here, now) == {}


def test_a_booked_day_that_went_by_is_a_missed_one(amara, joon, here, now):
    book_for(amara, joon, now - timedelta(days=1))
    assert found(here, now) == {"Amara": ["missed"]}


def test_called_off_for_next_week_comes_up_today(amara, joon, here, now):
    book_for(amara, joon, now + timedelta(days=5), state="cancelled", cancelled_at=now)
    assert found(here, now) == {"Amara": ["called_off"]}


def test_three_weeks_of_silence_and_a_goal_that_stands_still(
    done, amara, luc, joon, acting, here, now
):
    goal = has_goal(amara, acting, now - timedelta(days=43))
    has_goal(luc, acting, now - timedelta(days=22))
    # Amara was here a week ago: she is not silent, but her goal stands still.
    assert found(here, now) == {"Amara": ["stalled"], "Luc": ["silent"]}
    rate(goal, going=4, by=acting.client(amara), now=now - timedelta(days=1))
    assert found(here, now) == {"Luc": ["silent"]}


def test_a_call_settles_it_and_a_silence_that_goes_on_comes_up_again(luc, joon, acting, here, now):
    has_goal(luc, acting, now - timedelta(days=30))
    by = acting.staff(joon)
    call = take_call(luc, staff=joon, by=by, now=now)
    assert found(here, now) == {"Luc": ["silent"]}
    close_call(call, outcome="He comes on Monday.", by=by, now=now)
    assert found(here, now) == {}
    assert found(here, now + timedelta(days=22)) == {"Luc": ["silent"]}
    assert found(here, now + timedelta(days=43)) == {"Luc": ["silent", "stalled"]}


def test_of_two_who_call_one_does(missed, amara, joon, noor, acting, here, now):
    call = take_call(amara, staff=joon, by=acting.staff(joon), now=now)
    with pytest.raises(SomebodyWasFaster):
        take_call(amara, staff=noor, by=acting.staff(noor), now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.create(client=amara, taken_by=noor, taken_at=now)
    with pytest.raises(NoWords):
        close_call(call, outcome=" ", by=acting.staff(joon), now=now)
    close_call(call, outcome="She is well.", by=acting.staff(joon), now=now)
    with pytest.raises(SomebodyWasFaster):
        close_call(call, outcome="No answer.", by=acting.staff(noor), now=now)
    # The negative control: once it is closed, somebody may call again.
    take_call(amara, staff=noor, by=acting.staff(noor), now=now)


def test_on_the_page_who_why_since_when_and_what_came_of_it(
    web, sign_in, joon, missed, amara, harbour
):
    sign_in(web, joon)
    page = web.get(THERE).content.decode()
    assert "Amara" in page
    assert "did not come, and nothing is booked" in page
    assert "since 20 November" in page
    there = f"/people/{amara.pk}/follow-up/"
    assert web.post(there, {"do": "take"}).status_code == 303
    assert "Joon calls, since 24 November" in web.get(THERE).content.decode()
    with working_in(harbour):
        call = FollowUp.objects.get()
    empty = web.post(there, {"do": "done", "row": str(call.pk), "words": ""}, follow=True)
    assert "Write what came of it, in a few words." in empty.content.decode()
    web.post(there, {"do": "done", "row": str(call.pk), "words": "She comes on Friday."})
    page = web.get(THERE).content.decode()
    assert "Nobody has gone quiet" in page
    assert "She comes on Friday." in page
    with working_in(harbour):
        assert Entry.objects.filter(verb="careplans.close_call").count() == 1
    assert web.post(there, {"do": "done", "row": "nonsense"}).status_code == 404


def test_the_desk_and_the_other_clinic_do_not_see_it(
    web, sign_in, dee, charlie, missed, amara, hillside, joon, acting, now
):
    with working_in(hillside):
        assert found(hillside, now) == {}
    for somebody in (dee, charlie):
        assert sign_in(web, somebody).get(THERE).status_code == 403
        sent = web.post(f"/people/{amara.pk}/follow-up/", {"do": "take"})
        assert sent.status_code in (403, 404)
    with pytest.raises(NotTheirs):
        take_call(amara, staff=dee, by=acting.staff(dee), now=now)


def test_whoever_was_erased_does_not_come_up(missed, amara, here, now):
    amara.erased_at = now
    amara.save()
    assert found(here, now) == {}


def test_many_people_cost_no_more_questions(
    amara, luc, joon, acting, here, now, django_assert_num_queries
):
    has_goal(amara, acting, now - timedelta(days=60))
    with django_assert_num_queries(5):
        to_call(now=now, zone=here.zone)
    has_goal(luc, acting, now - timedelta(days=60))
    book_for(luc, joon, now - timedelta(days=3), state="missed")
    with django_assert_num_queries(5):
        to_call(now=now, zone=here.zone)
