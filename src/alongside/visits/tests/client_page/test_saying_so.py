"""What a client says on their page: that they are here, or late. A tap counts once."""

from datetime import timedelta

import pytest
from conftest import NOW, book_for

from alongside.clinics.current import working_in
from alongside.visits.actions.check_in import check_in
from alongside.visits.models import Channel, State, Told, Visit
from alongside.visits.tests.client_page.on_the_page import fresh, link_to, look, send


def test_amara_says_that_she_is_here_and_is_told_her_wait(
    in_english, link, amaras_visit, at_ten_past_ten
):
    answer = send(in_english, "check-in", link, key="tap-1")
    assert answer.status_code == 303
    visit = fresh(amaras_visit)
    assert (visit.state, visit.arrived_by) == (State.HERE, Channel.PHONE)
    body = look(in_english, link)
    assert "You are checked in." in body
    assert visit.code in body
    with working_in(visit.clinic_id):
        told = Told.objects.get(visit=visit)
    assert told.channels == ["phone", "desk"]
    assert f"You will most likely go in by {told.by.astimezone(NOW.tzinfo):%H:%M}." in body


def test_a_tap_that_is_sent_again_counts_once(web, link, amaras_visit, at_ten_past_ten):
    for key in ("tap-1", "tap-1", "tap-2", ""):
        assert send(web, "check-in", link, key=key).status_code == 303
    with working_in(amaras_visit.clinic_id):
        assert Told.objects.count() == 1
        assert amaras_visit.steps.count() == 1


def test_somebody_elses_key_takes_nothing_away(web, link, amara, luc, joon, at_ten_past_ten):
    his = book_for(luc, joon, NOW.replace(hour=11, minute=20))
    send(web, "check-in", link, key="same")
    send(web, "check-in", link_to(his), key="same")
    assert fresh(his).state == State.HERE


def test_a_change_by_the_desk_at_the_same_moment_loses_nothing(
    web, link, amaras_visit, at_ten_past_ten, monkeypatch
):
    from alongside.visits.views import client as views

    def old(key):
        stale = Visit.objects.select_related("client", "therapist", "clinic", "kind").get(pk=key)
        Visit.objects.filter(pk=key).update(version=stale.version + 1)
        return stale

    monkeypatch.setattr(views, "own_visit", old)
    send(web, "check-in", link, key="k")
    assert fresh(amaras_visit).state == State.HERE


def test_who_is_with_us_for_another_visit_is_told_so(
    in_english, link, amara, amaras_visit, noor, acting, harbour, at_ten_past_ten
):
    from conftest import _staff

    other = book_for(amara, _staff(harbour, "Mika", "therapist"), NOW.replace(hour=9, minute=30))
    with working_in(harbour):
        check_in(other, by=acting.staff(noor), channel=Channel.DESK, now=NOW)
    send(in_english, "check-in", link, key="k")
    assert fresh(amaras_visit).state == State.BOOKED
    assert "You are here for another visit just now." in look(in_english, link)


def test_a_visit_that_was_called_off_cannot_be_checked_in(web, link, amaras_visit, at_ten_past_ten):
    with working_in(amaras_visit.clinic_id):
        Visit.objects.filter(pk=amaras_visit.pk).update(state=State.CANCELLED)
    assert send(web, "check-in", link, key="k").status_code == 303
    assert fresh(amaras_visit).state == State.CANCELLED


def test_amara_says_that_she_will_be_late(in_english, link, amaras_visit, at_ten_past_ten):
    send(in_english, "late", link, late="20")
    assert fresh(amaras_visit).late_until == NOW.replace(hour=10, minute=50)
    body = look(in_english, link)
    assert "We expect you at 10:50." in body
    assert "You told us that you will be here by 10:50." in body


def test_after_the_time_of_the_visit_the_minutes_count_from_now(web, amara, joon, at_ten_past_ten):
    visit = book_for(amara, joon, NOW.replace(hour=10, minute=0))
    send(web, "late", link_to(visit), late="5")
    assert fresh(visit).late_until == NOW + timedelta(minutes=5)


@pytest.mark.parametrize("made_up", ["7", "-5", "", "x", "600"])
def test_a_made_up_number_is_refused(web, link, amaras_visit, made_up, at_ten_past_ten):
    assert send(web, "late", link, late=made_up).status_code == 404
    assert fresh(amaras_visit).late_until is None
