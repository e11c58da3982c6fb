"""What could not be sent is sent again by a person, to where the client is reached now."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.messaging.actions.deliver import deliver_due
from alongside.messaging.actions.queue import queue_letter
from alongside.messaging.actions.send_again import CannotSendAgain, send_again
from alongside.messaging.channels.base import NotSent
from alongside.messaging.models import Message, State, Why

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


@pytest.fixture
def failed(harbour, amara, letter, acting, now, email):
    def refuse(message):
        email.before = None
        raise NotSent(Why.BAD_ADDRESS, again=False)

    email.before = refuse
    with working_in(harbour):
        (message,) = queue_letter(amara, letter(), by=acting.clock(harbour), now=now)
        deliver_due(now)
    return message


def again(message):
    return reverse("messaging:send-again", args=[message.pk])


def state_of(message):
    with working_in(message.clinic_id):
        return Message.objects.get(pk=message.pk).state


def test_dee_corrects_the_address_and_sends_it_again(
    web, dee, sign_in, failed, amara, email, harbour, now
):
    with working_in(harbour):
        amara.email = "right@example.org"
        amara.save()
    page = sign_in(web, dee).post(again(failed), follow=True)
    assert "The message is on its way again." in page.content.decode()
    with working_in(harbour):
        deliver_due(now)
        assert [message.to for message in email.sent] == ["right@example.org"]
        entry = Entry.objects.get(verb="messaging.send_again")
    assert (entry.actor_label, entry.client_key) == ("Dee", amara.pk)
    assert entry.detail == {"by": "email", "failed_because": "bad_address"}


def test_joon_may_not(web, joon, sign_in, failed):
    assert sign_in(web, joon).post(again(failed)).status_code == 403
    assert state_of(failed) is State.FAILED


def test_charlie_finds_nothing_to_send_again(web, charlie, dee, sign_in, failed):
    assert sign_in(web, charlie).post(again(failed)).status_code == 404
    assert state_of(failed) is State.FAILED
    # The negative control: with Dee the same request works.
    assert sign_in(web, dee).post(again(failed)).status_code == 302
    assert state_of(failed) is State.WAITING


def test_a_stranger_may_not(web, failed):
    assert web.post(again(failed)).status_code in (302, 403)
    assert state_of(failed) is State.FAILED


def test_a_link_alone_sends_nothing(web, dee, sign_in, failed):
    assert sign_in(web, dee).get(again(failed)).status_code in (403, 405)
    assert state_of(failed) is State.FAILED


def test_pressing_twice_sends_once(web, dee, sign_in, failed, email, harbour, now):
    sign_in(web, dee).post(again(failed))
    page = web.post(again(failed), follow=True).content.decode()
    assert "has already been sent, or it is on its way" in page
    with working_in(harbour):
        deliver_due(now)
    assert len(email.sent) == 1


def test_it_goes_by_the_way_the_client_chose_since(failed, amara, dee, acting, sms, harbour, now):
    with working_in(harbour):
        amara.prefers, amara.mobile = "sms", "+33612345678"
        amara.save()
        send_again(failed, by=acting.staff(dee), now=now)
        deliver_due(now)
    assert [message.to for message in sms.sent] == ["+33612345678"]


def test_at_night_it_waits_for_the_morning(failed, dee, acting, here, now):
    night = now.replace(hour=22)
    assert send_again(failed, by=acting.staff(dee), now=night).waits_for_morning


@pytest.mark.parametrize(
    ("change", "because"),
    [({"prefers": "none"}, "asked us to send them nothing"), ({"email": ""}, "no address")],
)
def test_what_makes_no_sense_is_refused_with_a_reason(
    failed, amara, dee, acting, here, now, change, because
):
    for name, value in change.items():
        setattr(amara, name, value)
    amara.save()
    with pytest.raises(CannotSendAgain, match=because):
        send_again(failed, by=acting.staff(dee), now=now)
    assert state_of(failed) is State.FAILED


def test_news_out_of_date_is_not_sent_again(here, failed, dee, acting, now):
    Message.objects.update(useful_until=now)
    with pytest.raises(CannotSendAgain, match="out of date"):
        send_again(failed, by=acting.staff(dee), now=now + timedelta(minutes=1))


def test_a_letter_held_back_goes_when_a_person_has_read_it(
    here, amara, dee, letter, acting, email, now
):
    held = letter(body="Chère Mme Diallo, à demain.")
    (message,) = queue_letter(amara, held, by=acting.clock(here), now=now)
    deliver_due(now)
    assert email.sent == []
    send_again(message, by=acting.staff(dee), now=now)
    deliver_due(now)
    assert len(email.sent) == 1
    assert Entry.objects.get(verb="messaging.send_again").detail["failed_because"] == "says_name"
