"""What is due is sent once, tried again when that can help, and never lost without a word."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.live.models import Pulse
from alongside.live.topics import clinic_topic
from alongside.messaging.actions import deliver
from alongside.messaging.actions.deliver import claim, deliver_due
from alongside.messaging.actions.queue import queue_letter
from alongside.messaging.actions.withdraw import withdraw_about
from alongside.messaging.channels.base import NotSent
from alongside.messaging.models import CLAIM_HOLDS, Message, State, Why

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def queued(here, amara, letter, acting, now):
    (message,) = queue_letter(amara, letter(), by=acting.clock(here), now=now)
    return message


def refusing(reason, *, again):
    def refuse(message):
        raise NotSent(reason, again=again, said="550 no such box")

    return refuse


def test_a_message_is_sent_once(queued, email, now):
    deliver_due(now)
    deliver_due(now + timedelta(seconds=1))
    assert [message.pk for message in email.sent] == [queued.pk]
    queued.refresh_from_db()
    assert (queued.state, queued.provider_id, queued.attempts) == (State.SENT, "memory-1", 1)
    assert queued.claimed_at is None
    assert Entry.objects.get(verb="messaging.sent").client_key == queued.client_id


def test_a_message_written_at_night_goes_in_the_morning(here, amara, letter, acting, email):
    night = datetime(2026, 11, 24, 22, 0, tzinfo=PARIS)
    queue_letter(amara, letter(), by=acting.clock(here), now=night)
    deliver_due(night + timedelta(hours=9, minutes=59))
    assert email.sent == []
    deliver_due(night + timedelta(hours=10))
    assert len(email.sent) == 1


def test_the_urgent_go_first(here, amara, letter, acting, email, now):
    for subject, urgent in (("first", False), ("second", True)):
        words = letter(subject=subject, urgent=urgent)
        queue_letter(amara, words, by=acting.clock(here), now=now)
    deliver_due(now)
    assert [message.subject for message in email.sent] == ["second", "first"]


def test_two_workers_send_it_once(queued, email, now):
    """The second worker comes while the first one is sending."""
    email.before = lambda _: email.sent or deliver_due(now)
    deliver_due(now)
    assert len(email.sent) == 1


def test_without_the_claim_two_workers_send_it_twice(queued, email, now, monkeypatch):
    """The negative control: the test above can fail."""
    monkeypatch.setattr(deliver, "claim", lambda *_, **__: True)
    rounds = []

    def second_worker(message):
        rounds.append(message)
        if len(rounds) == 1:
            deliver_due(now)

    email.before = second_worker
    deliver_due(now)
    assert len(email.sent) == 2


def test_of_two_who_read_the_same_list_one_claims(queued, now):
    one, other = Message.objects.due(now).get(), Message.objects.due(now).get()
    assert claim(one, now=now)
    assert not claim(other, now=now)


def test_a_worker_that_died_is_followed_after_two_minutes(queued, email, now):
    assert claim(queued, now=now)
    deliver_due(now + CLAIM_HOLDS)
    assert email.sent == []
    deliver_due(now + CLAIM_HOLDS + timedelta(seconds=1))
    assert len(email.sent) == 1


def test_a_slow_worker_cannot_undo_what_another_sent(queued, email, now):
    later = now + CLAIM_HOLDS + timedelta(seconds=1)

    def slow_and_in_vain(message):
        email.before = None
        deliver_due(later)
        raise NotSent(Why.NO_ANSWER, again=True)

    email.before = slow_and_in_vain
    deliver_due(now)
    queued.refresh_from_db()
    assert (queued.state, queued.last_error) == (State.SENT, "")
    assert len(email.sent) == 1


def test_it_is_tried_after_one_five_and_thirty_minutes_and_then_a_person_is_told(
    queued, email, now
):
    email.before = refusing(Why.NO_ANSWER, again=True)
    at = now
    for minutes in (1, 5, 30):
        deliver_due(at)
        queued.refresh_from_db()
        assert queued.state is State.WAITING
        assert queued.tried_in_vain
        assert queued.send_after == at + timedelta(minutes=minutes)
        deliver_due(queued.send_after - timedelta(seconds=1))
        queued.refresh_from_db()
        at = queued.send_after
    deliver_due(at)
    queued.refresh_from_db()
    assert (queued.state, queued.attempts) == (State.FAILED, 4)
    assert (queued.why, queued.said_by_service) == (
        "The service does not answer.",
        "550 no such box",
    )
    assert Pulse.objects.filter(topic=clinic_topic(queued.clinic_id)).exists()
    deliver_due(at + timedelta(days=1))
    queued.refresh_from_db()
    assert queued.attempts == 4


def test_what_trying_again_cannot_help_fails_at_once(queued, email, now):
    email.before = refusing(Why.BAD_ADDRESS, again=False)
    deliver_due(now)
    queued.refresh_from_db()
    assert (queued.state, queued.last_error) == (State.FAILED, Why.BAD_ADDRESS)


def test_a_service_that_does_not_answer_is_asked_once_a_round(
    here, amara, letter, acting, email, now
):
    for _ in range(3):
        queue_letter(amara, letter(), by=acting.clock(here), now=now)
    asked = []

    def silent(message):
        asked.append(message)
        raise NotSent(Why.NO_ANSWER, again=True)

    email.before = silent
    deliver_due(now)
    assert len(asked) == 1


def test_a_channel_that_breaks_holds_up_nothing_else(
    here, amara, letter, acting, email, now, caplog
):
    for subject in ("bad", "good"):
        queue_letter(amara, letter(subject=subject), by=acting.clock(here), now=now)

    def break_on_bad(message):
        if message.subject == "bad":
            raise ZeroDivisionError

    email.before = break_on_bad
    deliver_due(now)
    assert [message.subject for message in email.sent] == ["good"]
    assert Message.objects.get(subject="bad").last_error == Why.BROKEN
    # The log names the message, never the person.
    assert "Amara" not in caplog.text
    assert "amara@" not in caplog.text


def test_an_address_corrected_overnight_is_the_one_that_is_used(queued, amara, email, now):
    amara.email = "right@example.org"
    amara.save()
    deliver_due(now)
    assert email.sent[0].to == "right@example.org"
    queued.refresh_from_db()
    assert queued.to == "right@example.org"


def test_who_changes_their_mind_gets_nothing(queued, amara, email, now):
    amara.prefers = "none"
    amara.save()
    deliver_due(now)
    queued.refresh_from_db()
    assert (email.sent, queued.state) == ([], State.WITHDRAWN)


def test_news_that_is_too_old_is_not_sent(here, amara, letter, acting, email, now):
    old = letter(useful_until=now + timedelta(minutes=5))
    (message,) = queue_letter(amara, old, by=acting.clock(here), now=now)
    deliver_due(now + timedelta(minutes=6))
    message.refresh_from_db()
    assert (email.sent, message.last_error) == ([], Why.TOO_LATE)


def test_what_is_taken_back_does_not_go(here, amara, amaras_visit, letter, acting, email, now):
    clock = acting.clock(here)
    queue_letter(amara, letter(), by=clock, now=now, about=amaras_visit.pk)
    queue_letter(amara, letter(subject="other"), by=clock, now=now)
    assert withdraw_about(amaras_visit.pk, by=clock, now=now) == 1
    deliver_due(now)
    assert [message.subject for message in email.sent] == ["other"]
    assert Entry.objects.get(verb="messaging.withdraw").client_key == amara.pk
    assert withdraw_about(amaras_visit.pk, by=clock, now=now) == 0


def test_what_was_taken_back_while_it_went_is_shown_as_sent(
    here, amara, amaras_visit, letter, acting, email, now
):
    clock = acting.clock(here)
    (message,) = queue_letter(amara, letter(), by=clock, now=now, about=amaras_visit.pk)
    email.before = lambda _: withdraw_about(amaras_visit.pk, by=clock, now=now)
    deliver_due(now)
    message.refresh_from_db()
    assert message.state is State.SENT


def test_the_other_clinics_post_is_not_ours_to_send(queued, hillside, email, now):
    with working_in(hillside):
        deliver_due(now)
    assert email.sent == []
    # The negative control: in its own clinic it goes.
    deliver_due(now)
    assert len(email.sent) == 1


@pytest.mark.parametrize("prefers", ["email", "sms"])
def test_with_nothing_set_up_it_is_kept_and_says_so(
    here, amara, letter, acting, now, settings, prefers
):
    settings.EMAIL_IS_SET, settings.SMS_PROVIDER = False, ""
    amara.prefers, amara.mobile = prefers, "+33612345678"
    amara.save()
    (message,) = queue_letter(amara, letter(), by=acting.clock(here), now=now)
    deliver_due(now)
    message.refresh_from_db()
    assert message.state is State.FAILED
    assert message.why in ("E-mail is not set up.", "Text messages are not set up.")


def test_in_the_demo_nothing_leaves(queued, now, settings, mailoutbox):
    settings.DEMO, settings.EMAIL_IS_SET = True, True
    deliver_due(now)
    queued.refresh_from_db()
    assert (queued.provider_id, len(mailoutbox)) == ("demo", 0)


def test_nothing_is_sent_inside_a_transaction(queued, email, now):
    """The test itself is one; no other is open while a channel works."""
    outside, inside = len(connection.savepoint_ids), []
    email.before = lambda _: inside.append(len(connection.savepoint_ids))
    deliver_due(now)
    assert inside == [outside]


def test_who_tries_to_send_inside_a_transaction_is_stopped(queued, email, now):
    with pytest.raises(RuntimeError), transaction.atomic():
        deliver_due(now)
    assert email.sent == []
