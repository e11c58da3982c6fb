"""Amara, who has not left home yet, is asked to come later; taken back, she hears what is true."""

from datetime import timedelta

import pytest

from alongside.audit.models import Entry
from alongside.messaging.actions.queue import Letter, queue_letter
from alongside.messaging.models import Message
from alongside.visits.actions.offer import carry_out_move
from alongside.visits.actions.step import SomebodyWasFaster
from alongside.visits.actions.undo import NothingToUndo, undo
from alongside.visits.models import Step, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]
QUARTER = timedelta(minutes=15)


@pytest.fixture
def at_desk(dee, acting):
    return acting.staff(dee)


@pytest.fixture
def visit(here, amaras_visit):
    """At half past ten."""
    return amaras_visit


def asked(visit, at_desk, now, later=QUARTER):
    """Ask her to come a quarter of an hour later; give the step."""
    visit.refresh_from_db()
    to = (visit.booked_at + later).isoformat()
    carry_out_move(visit, move="come_later", to=to, by=at_desk, now=now, version=visit.version)
    return Step.objects.filter(visit=visit, verb="move").latest("version_before")


def letters():
    found = Message.objects.order_by("queued_at", "id")
    return [(one.template, str(one.state)) for one in found]


def test_a_letter_that_has_not_gone_is_taken_back_and_no_other_goes(visit, at_desk, now):
    step = asked(visit, at_desk, now)
    undo(step, by=at_desk, now=now)
    assert Visit.objects.get().booked_at == visit.booked_at - QUARTER
    assert letters() == [("come_later", "withdrawn")]
    assert Entry.objects.filter(verb="messaging.withdraw", client_key=visit.client_id).exists()


def test_whoever_may_have_read_it_is_told_the_time_once_more(visit, at_desk, now):
    step = asked(visit, at_desk, now)
    Message.objects.update(sent_at=now)
    undo(step, by=at_desk, now=now)
    assert letters() == [("come_later", "sent"), ("moved", "waiting")]
    assert "10:30" in Message.objects.get(template="moved").body


def test_a_letter_that_is_leaving_at_this_moment_may_be_read(visit, at_desk, now):
    step = asked(visit, at_desk, now)
    Message.objects.update(claimed_at=now)
    undo(step, by=at_desk, now=now)
    assert letters() == [("come_later", "withdrawn"), ("moved", "waiting")]


def test_whoever_has_it_on_their_own_page_has_read_it(visit, amara, at_desk, now):
    amara.prefers = "none"
    amara.save()
    undo(asked(visit, at_desk, now), by=at_desk, now=now)
    assert letters() == [("come_later", "sent"), ("moved", "sent")]


def test_another_letter_about_the_visit_still_goes(visit, amara, at_desk, now):
    other = Letter(template="confirmation", subject="Booked", body="Your visit is booked.")
    queue_letter(amara, other, by=at_desk, now=now - QUARTER, about=visit.pk)
    undo(asked(visit, at_desk, now), by=at_desk, now=now)
    assert letters() == [("confirmation", "waiting"), ("come_later", "withdrawn")]


def test_of_two_that_were_asked_the_last_is_taken_back_alone(visit, at_desk, now):
    asked(visit, at_desk, now)
    again = asked(visit, at_desk, now + QUARTER / 3)
    undo(again, by=at_desk, now=now + QUARTER / 3)
    assert letters() == [("come_later", "waiting"), ("come_later", "withdrawn")]


def test_what_was_taken_back_can_be_asked_once_more(visit, at_desk, now):
    undo(asked(visit, at_desk, now), by=at_desk, now=now)
    asked(visit, at_desk, now)
    assert letters() == [("come_later", "withdrawn"), ("come_later", "waiting")]


def test_a_second_undo_says_nothing_more(visit, at_desk, now):
    step = asked(visit, at_desk, now)
    Message.objects.update(sent_at=now)
    undo(step, by=at_desk, now=now)
    with pytest.raises((NothingToUndo, SomebodyWasFaster)):
        undo(Step.objects.get(pk=step.pk), by=at_desk, now=now)
    assert letters() == [("come_later", "sent"), ("moved", "waiting")]


def test_charlie_takes_nothing_back_here_and_dee_does(
    web, sign_in, charlie, dee, visit, now, acting
):
    step = asked(visit, acting.staff(dee), now)
    sign_in(web, charlie)
    assert web.post(f"/today/undo/{step.pk}/").status_code == 404
    assert letters() == [("come_later", "waiting")]
    sign_in(web, dee)
    assert web.post(f"/today/undo/{step.pk}/").status_code < 400
    assert letters() == [("come_later", "withdrawn")]
