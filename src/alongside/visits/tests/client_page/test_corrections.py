"""A correction comes to a client's page unasked, says why, and compares clock times."""

from datetime import timedelta
from itertools import pairwise

import pytest
from conftest import NOW, book_for

from alongside.clinics.current import working_in
from alongside.visits.actions import move_on
from alongside.visits.actions.check_in import check_in
from alongside.visits.actions.work_out import work_out
from alongside.visits.models import Channel, Told
from alongside.visits.tests.client_page.on_the_page import at, look, told

MINUTE = timedelta(minutes=1)


def test_a_correction_says_what_changed_and_why(in_english, link, waiting):
    told(waiting, likely=8, by=12, at=NOW + timedelta(seconds=1))
    told(waiting, likely=17, by=22, at=NOW + timedelta(minutes=6), reason="earlier_visit_longer")
    with at(7):
        body = look(in_english, link)
    assert "We are running late, and we are sorry." in body
    assert "The visit before yours is taking longer." in body
    with at(12):
        later = look(in_english, link)
    assert "At 10:18 we had to give you a later time." in later
    assert "now about 17" not in later


def test_a_correction_comes_to_the_page_unasked(in_english, link, waiting, luc, joon, dee, acting):
    """Somebody booked earlier comes after her: she hears of it in the same breath."""
    before = book_for(luc, joon, NOW.replace(hour=9, minute=40))
    with at(1):
        assert "We are running late" not in look(in_english, link)
    with working_in(waiting.clinic_id):
        check_in(before, by=acting.staff(dee), channel=Channel.DESK, now=NOW)
    with at(1):
        assert "We are running late, and we are sorry." in look(in_english, link)


def test_a_visit_that_takes_longer_comes_to_the_page_unasked(
    in_english, link, waiting, luc, joon, dee, acting
):
    before = book_for(luc, joon, NOW.replace(hour=9, minute=40))
    with working_in(waiting.clinic_id):
        check_in(before, by=acting.staff(dee), channel=Channel.DESK, now=NOW)
        first = list(Told.objects.filter(visit=waiting))
        move_on.start(before, by=acting.staff(dee), now=NOW + timedelta(minutes=5))
        news = [told for minute in range(1, 90) for told in work_out(NOW + minute * MINUTE)]
    assert news, "an overrun of three quarters of an hour was never told"
    said = [*first, *news]
    for one, then in pairwise(said):
        assert then.told_at <= one.by, "a told time passed in silence"
    with at((news[0].told_at - NOW) / MINUTE + 1):
        assert "We are running late, and we are sorry." in look(in_english, link)


@pytest.mark.parametrize(("old_by", "new_by"), [(20, 31), (31, 20)], ids=["later", "earlier"])
def test_a_correction_compares_clock_times_and_not_minutes_of_two_moments(
    waiting, harbour, old_by, new_by
):
    """Told 16 minutes at 10:12, and 8 at 10:25, somebody waits longer, though 8 is less."""
    from alongside.visits.messages import wait

    old = told(waiting, likely=16, by=old_by, at=NOW)
    new = told(waiting, likely=8, by=new_by - 13, at=NOW + 13 * MINUTE)
    said = wait.outdoors(new, old, harbour.zone)
    first, second = said.index(f"10:{12 + new_by}"), said.index(f"10:{12 + old_by}")
    assert first < second
    assert "minutes" not in said
    assert ("sorry" in said) is (new_by > old_by)
