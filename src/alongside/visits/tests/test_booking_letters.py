"""What is written about a booking: little enough to be read over a shoulder."""

from datetime import UTC, datetime, timedelta

import pytest
from conftest import NOW, PARIS
from django.utils import translation
from icalendar import Calendar

from alongside.access.models import Link
from alongside.access.tokens import digest_of
from alongside.clinics.models import VisitKind
from alongside.messaging.models import Message
from alongside.visits.actions.book import book_visit
from alongside.visits.actions.cancel import cancel_visit
from alongside.visits.actions.change import move_visit
from alongside.visits.actions.remind import remind_due
from alongside.visits.models import Visit

AT = datetime(2026, 12, 1, 14, 0, tzinfo=PARIS)
CANARIES = ("Diallo", "Occupational", "CNRY", "Séance", "Visit kind", "Joon")


@pytest.fixture
def book(here, amara, joon, dee, acting):
    def _book(at=AT, **more):
        kind = more.pop("kind", None) or VisitKind.objects.get(name="Visit")
        how = {"by": acting.staff(dee), "now": NOW, "asked_for": "CNRY to hold a cup", **more}
        return book_visit(amara, joon, kind, at, **how)

    return _book


def letters(template: str) -> list[Message]:
    return list(Message.objects.filter(template=template).order_by("queued_at", "id"))


def token_in(text: str) -> str:
    return text.partition("/v/")[2].partition("/")[0]


def events(calendar: str) -> list:
    return Calendar.from_ical(calendar).walk("VEVENT")


def test_amara_is_told_in_french_with_a_link_that_opens_her_visit(book):
    visit = book()
    (letter,) = letters("booked")
    assert (letter.channel, letter.to, letter.language) == ("email", "amara@example.org", "fr")
    assert (letter.last_error, letter.failed_at) == ("", None)
    with translation.override("fr"):
        assert "décembre" in letter.body
        assert "14:00" in letter.body
    link = Link.objects.get(digest=digest_of(token_in(letter.body)))
    assert (link.subject, link.purpose, link.client_id) == (visit.pk, "visit", visit.client_id)
    assert visit.ends_at < link.expires_at <= visit.ends_at + timedelta(days=1)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("way", ["email", "sms"])
def test_no_letter_says_more_than_it_may(book, amara, joon, dee, acting, language, way):
    amara.language, amara.prefers, amara.mobile = language, way, "+33612345678"
    amara.save()
    actor = acting.staff(dee)
    visit = book()
    remind_due(AT - timedelta(hours=20))
    move_visit(visit, to=AT + timedelta(days=1), by=actor, now=NOW)
    cancel_visit(visit, reason="CNRY pain", by=actor, now=NOW)
    sent = Message.objects.all()
    assert {one.template for one in sent} == {"booked", "reminder", "moved", "cancelled"}
    for one in sent:
        assert one.last_error == "", one.template
        out = f"{one.subject} {one.body} {one.calendar}"
        assert not [canary for canary in CANARIES if canary in out]
        assert "Amara" in one.body


def test_a_name_that_would_tell_the_last_name_is_not_used(book, amara):
    amara.called = "Mme Diallo"
    amara.save()
    book()
    (letter,) = letters("booked")
    assert letter.last_error == ""
    assert "Amara" in letter.body


def test_the_calendar_holds_a_neutral_visit_in_utc(book):
    visit = book()
    (event,) = events(letters("booked")[0].calendar)
    assert str(event["summary"]) == "Harbour"
    assert event["dtstart"].dt == datetime(2026, 12, 1, 13, 0, tzinfo=UTC)
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=45)
    assert (event["sequence"], str(event["status"])) == (visit.version, "CONFIRMED")
    assert "location" not in event
    assert str(visit.pk) not in letters("booked")[0].calendar


def test_a_move_and_a_cancellation_are_the_same_event_to_a_calendar(book, dee, acting):
    visit = book()
    move_visit(visit, to=AT + timedelta(days=1), by=acting.staff(dee), now=NOW)
    cancel_visit(visit, by=acting.staff(dee), now=NOW)
    calendars = [letters(name)[0].calendar for name in ("booked", "moved", "cancelled")]
    methods = [str(Calendar.from_ical(one)["method"]) for one in calendars]
    found = [events(one)[0] for one in calendars]
    assert methods == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert len({str(event["uid"]) for event in found}) == 1
    assert [event["sequence"] for event in found] == [1, 2, 3]
    assert str(found[2]["status"]) == "CANCELLED"


def test_what_was_on_its_way_about_the_old_time_is_taken_back(book, dee, acting):
    late = NOW.replace(hour=22)  # in the quiet hours: the letter waits for the morning
    visit = book(now=late)
    move_visit(visit, to=AT + timedelta(days=1), by=acting.staff(dee), now=late)
    assert letters("booked")[0].withdrawn_at is not None
    assert letters("moved")[0].withdrawn_at is None


def test_a_reminder_comes_once_and_a_day_before(book):
    visit = book()
    remind_due(AT - timedelta(hours=25))
    assert letters("reminder") == []
    for _ in range(3):
        remind_due(AT - timedelta(hours=23))
    (letter,) = letters("reminder")
    assert letter.about == visit.pk


def test_the_clinic_may_choose_when_to_remind_or_not_at_all(book, harbour):
    book()
    harbour.remind_before = timedelta(days=2)
    harbour.save()
    remind_due(AT - timedelta(hours=47))
    assert len(letters("reminder")) == 1
    harbour.remind_before = timedelta(0)
    harbour.save()
    book(at=AT + timedelta(days=1))
    remind_due(AT + timedelta(hours=23))
    assert len(letters("reminder")) == 1


def test_who_booked_within_the_lead_is_not_reminded_of_what_they_just_heard(book):
    book(at=NOW + timedelta(hours=4))
    remind_due(NOW + timedelta(minutes=5))
    assert letters("reminder") == []


def test_who_was_booked_without_a_letter_is_reminded_all_the_same(book):
    book(at=NOW + timedelta(hours=4), confirm=False)
    remind_due(NOW + timedelta(minutes=5))
    assert len(letters("reminder")) == 1


def test_a_moved_visit_is_reminded_of_at_its_new_time(book, dee, acting):
    visit = book()
    remind_due(AT - timedelta(hours=20))
    move_visit(visit, to=AT + timedelta(days=3), by=acting.staff(dee), now=AT - timedelta(hours=19))
    remind_due(AT + timedelta(days=3) - timedelta(hours=20))
    assert len(letters("reminder")) == 2


def test_nobody_is_reminded_of_a_cancelled_or_a_past_visit(book, dee, acting):
    cancel_visit(book(), by=acting.staff(dee), now=NOW)
    book(at=AT + timedelta(hours=1))
    remind_due(AT + timedelta(hours=2))
    assert letters("reminder") == []


def test_who_wants_nothing_sent_gets_it_on_their_own_page_only(book, amara):
    amara.prefers = "none"
    amara.save()
    book()
    assert [one.channel for one in letters("booked")] == ["app"]


def test_reminders_come_on_the_morning_with_25_hours(book):
    monday = datetime(2026, 10, 26, 9, 0, tzinfo=PARIS)
    book(at=monday, now=datetime(2026, 10, 1, 9, 0, tzinfo=PARIS))
    a_day_before = monday.astimezone(UTC) - timedelta(days=1)
    remind_due(a_day_before - timedelta(minutes=1))
    assert letters("reminder") == []
    remind_due(a_day_before)
    assert len(letters("reminder")) == 1
    assert Visit.objects.get().reminded_at == a_day_before
