"""A letter goes by the way the client chose, once, and not at night."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from alongside.audit.models import Entry
from alongside.clinics.current import NoClinic, working_in
from alongside.live.models import Pulse
from alongside.live.topics import visit_topic
from alongside.messaging.actions.queue import queue_letter
from alongside.messaging.models import Message, State, Why
from alongside.messaging.queries import for_client_today

PARIS = ZoneInfo("Europe/Paris")


def queue(client, letter, acting, now, **more):
    more.setdefault("by", acting.clock(client.clinic))
    return queue_letter(client, letter, now=now, **more)


def test_a_letter_goes_by_the_way_the_client_chose(here, amara, letter, acting, now):
    (message,) = queue(amara, letter(calendar="BEGIN:VCALENDAR"), acting, now)
    assert (message.channel, message.to) == ("email", "amara@example.org")
    assert (message.language, message.calendar) == ("fr", "BEGIN:VCALENDAR")
    assert message.state is State.WAITING


def test_a_text_message_is_short_and_has_no_calendar(here, amara, letter, acting, now):
    amara.prefers, amara.mobile = "sms", "+33612345678"
    long = letter(body="Bonjour Amara. " * 40 + "https://clinic.example/v/abc", calendar="BEGIN")
    (message,) = queue(amara, long, acting, now)
    assert (message.channel, message.to) == ("sms", "+33612345678")
    assert message.calendar == ""
    assert len(message.body) <= 306
    assert message.body.endswith("https://clinic.example/v/abc")
    short = letter(body="long " * 99, short="Bonjour Amara, à demain.")
    assert queue(amara, short, acting, now)[0].body == "Bonjour Amara, à demain."


def test_who_wants_nothing_sent_finds_it_on_their_own_page(here, luc, letter, acting, now):
    visit = uuid4()
    (message,) = queue(luc, letter(), acting, now, about=visit)
    assert (message.channel, message.to, message.state) == ("app", "", State.SENT)
    assert list(for_client_today(luc, visit, now=now)) == [message]
    assert Pulse.objects.filter(topic=visit_topic(visit)).exists()


def test_their_own_page_can_have_it_besides(here, amara, luc, letter, acting, now):
    visit = uuid4()
    sent = queue(amara, letter(), acting, now, about=visit, in_app=True)
    assert [message.channel for message in sent] == ["email", "app"]
    shown = for_client_today(amara, visit, now=now)
    assert [message.channel for message in shown] == ["app"]
    assert not for_client_today(luc, visit, now=now)
    assert not for_client_today(amara, uuid4(), now=now)
    assert not for_client_today(amara, visit, now=now + timedelta(days=1))


def test_an_address_that_is_not_there_is_said_at_once(here, amara, letter, acting, now):
    amara.email = ""
    (message,) = queue(amara, letter(), acting, now)
    assert (message.state, message.last_error) == (State.FAILED, Why.NO_ADDRESS)


def test_the_same_thing_is_never_queued_twice(here, amara, luc, letter, acting, now):
    first = queue(amara, letter(), acting, now, key="reminder:1", in_app=True)
    amara.prefers, amara.mobile = "sms", "+33612345678"
    again = queue(amara, letter(), acting, now, key="reminder:1", in_app=True)
    assert {message.pk for message in again} == {message.pk for message in first}
    assert Message.objects.count() == 2
    assert Entry.objects.filter(verb="messaging.queue").count() == 1
    # Another person's reminder with the same key is another thing; so is one without a key.
    assert queue(luc, letter(), acting, now, key="reminder:1")[0].client == luc
    queue(amara, letter(), acting, now)
    queue(amara, letter(), acting, now)
    assert Message.objects.count() == 5


def test_two_at_once_queue_it_once(here, amara, letter, acting, now, monkeypatch):
    """The second comes between the first one's look and its writing."""
    from alongside.messaging.actions import queue as module

    really, rivals = module._once, []

    def with_a_rival(*words):
        if not rivals:
            rivals.append(True)
            queue(amara, letter(), acting, now, key="reminder:1")
        return really(*words)

    monkeypatch.setattr(module, "_once", with_a_rival)
    (message,) = queue(amara, letter(), acting, now, key="reminder:1")
    assert Message.objects.get() == message
    assert Entry.objects.filter(verb="messaging.queue").count() == 1


@pytest.mark.parametrize(
    ("written", "goes"),
    [
        ("2026-11-24 21:10", "2026-11-25 08:00"),
        ("2026-11-25 06:10", "2026-11-25 08:00"),
        ("2026-10-24 22:00", "2026-10-25 08:00"),
        ("2026-11-24 12:00", "2026-11-24 12:00"),
    ],
)
def test_what_is_not_urgent_waits_for_the_morning(here, amara, letter, acting, written, goes):
    now, morning = (datetime.fromisoformat(at).replace(tzinfo=PARIS) for at in (written, goes))
    (message,) = queue(amara, letter(), acting, now)
    assert message.send_after == morning
    assert message.waits_for_morning is (now != morning)
    (urgent,) = queue(amara, letter(urgent=True), acting, now)
    assert urgent.send_after == now


def test_who_queued_what_is_on_record_without_its_words(here, amara, dee, letter, acting, now):
    visit = uuid4()
    queue(amara, letter(), acting, now, by=acting.staff(dee), about=visit)
    entry = Entry.objects.get(verb="messaging.queue")
    assert (entry.actor_label, entry.client_key, entry.about) == ("Dee", amara.pk, str(visit))
    assert entry.detail == {"template": "reminder", "by": ["email"]}


def test_the_other_clinic_cannot_write_to_our_client(hillside, charlie, amara, letter, acting, now):
    with working_in(hillside), pytest.raises(NoClinic):
        queue(amara, letter(), acting, now, by=acting.staff(charlie))
    with working_in(amara.clinic_id):
        assert not Message.objects.exists()


def test_the_other_clinic_sees_none_of_our_messages(harbour, hillside, amara, letter, acting, now):
    with working_in(harbour):
        queue(amara, letter(), acting, now)
        # The negative control: it is there to be seen.
        assert Message.objects.count() == 1
    with working_in(hillside):
        assert Message.objects.count() == 0
    with pytest.raises(NoClinic):
        Message.objects.count()
