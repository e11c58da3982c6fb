"""Putting a visit into the book."""

import re
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module

import pytest
from conftest import NOW, PARIS, book_for

from alongside.audit.models import Entry
from alongside.clinics.current import NoClinic, working_in
from alongside.clinics.models import Room, VisitKind
from alongside.clinics.tests.owner import the_owner
from alongside.live.models import Pulse
from alongside.live.topics import clinic_topic
from alongside.visits.actions import book as module
from alongside.visits.actions.book import book_visit
from alongside.visits.actions.refusals import (
    ClinicClosed,
    InThePast,
    NoLength,
    SlotJustTaken,
    TherapistDoesNotOffer,
)
from alongside.visits.models import DayState, State, Visit
from alongside.visits.queries.bookings import shorter_than_plan

AT = NOW.replace(hour=14, minute=0)
QUARTER = timedelta(minutes=15)


@pytest.fixture
def kind(here):
    return VisitKind.objects.get(name="Visit")


@pytest.fixture
def book(amara, joon, dee, kind, acting):
    """Book Amara with Joon at two, unless it is said otherwise."""

    def _book(client=amara, therapist=joon, at=AT, **more):
        how = {"kind": kind, "by": acting.staff(dee), "now": NOW, "confirm": False, **more}
        return book_visit(client, therapist, how.pop("kind"), at, **how)

    return _book


def test_dee_books_amara_with_joon(book, amara, joon, dee):
    visit = Visit.objects.get(pk=book(asked_for="Holding a cup").pk)
    assert (visit.client, visit.therapist, visit.state) == (amara, joon, State.BOOKED)
    assert (visit.booked_at, visit.planned) == (AT, timedelta(minutes=45))
    assert visit.ends_at == AT + timedelta(minutes=45)
    assert visit.asked_for == "Holding a cup"
    on_record = Entry.objects.get(verb="visits.book")
    assert (on_record.actor_id, on_record.client_key) == (dee.pk, amara.pk)


def test_a_booking_is_seen_at_once_and_the_waits_are_worked_out_anew(book, harbour):
    book()
    assert Pulse.objects.filter(topic=clinic_topic(harbour.pk)).exists()
    assert DayState.objects.exists()


def test_a_booking_is_told_to_the_parts_that_listen(book, monkeypatch):
    told = []
    monkeypatch.setattr(module.moments, "tell", lambda moment, **_: told.append(moment))
    visit = book()
    assert [(type(one).__name__, one.visit) for one in told] == [("VisitBooked", visit.pk)]


def test_the_first_visit_of_somebody_is_marked_as_such(book):
    assert book().is_first
    assert not book(at=AT + timedelta(days=1)).is_first


def test_a_kind_for_first_visits_always_is_one(book, here):
    book()
    again = book(at=AT + timedelta(days=1), kind=VisitKind.objects.get(name="First visit"))
    assert again.is_first


@pytest.mark.parametrize("start", [-44, -15, 0, 15, 44])
def test_joon_is_never_booked_twice_and_the_refusal_says_what_is_free(book, luc, start):
    book()
    with pytest.raises(SlotJustTaken) as refused:
        book(client=luc, at=AT + timedelta(minutes=start))
    assert refused.value.whose == "therapist"
    assert "Joon" in str(refused.value)
    assert "Free near it" in str(refused.value)
    assert Visit.objects.count() == 1
    for free in refused.value.free:
        assert free + timedelta(minutes=45) <= AT or free >= AT + timedelta(minutes=45)
        with working_in(luc.clinic_id):
            book(client=luc, at=free).delete()


@pytest.mark.parametrize("start", [-45, 45])
def test_one_visit_may_begin_when_another_ends(book, luc, start):
    book()
    assert book(client=luc, at=AT + timedelta(minutes=start)).pk


def test_a_room_is_never_booked_twice(book, luc, harbour, here):
    from conftest import _staff

    room = Room.objects.get(name="Room 1")
    mika = _staff(harbour, "Mika", "therapist")
    book(room=room)
    with pytest.raises(SlotJustTaken) as refused:
        book(client=luc, therapist=mika, room=room)
    assert refused.value.whose == "room"
    assert "Room 1" in str(refused.value)
    assert book(client=luc, therapist=mika, room=Room.objects.get(name="Room 2")).pk


def test_amara_is_never_in_two_places(book, amara, harbour, here):
    from conftest import _staff

    book()
    with pytest.raises(SlotJustTaken) as refused:
        book(therapist=_staff(harbour, "Mika", "therapist"))
    assert refused.value.whose == "client"


def test_a_cancelled_visit_gives_its_time_back(book, luc):
    first = book()
    Visit.objects.filter(pk=first.pk).update(state=State.CANCELLED)
    assert book(client=luc).pk


def test_without_the_guard_joon_would_be_booked_twice(book, luc, monkeypatch):
    """The negative control: it is the database that refuses, and nothing else."""
    from django.db import connection

    book()
    with the_owner(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE visits_visit DROP CONSTRAINT double_booked_therapist")
        else:
            cursor.execute("DROP TRIGGER double_booked_therapist_insert")
    assert book(client=luc).pk


def test_yesterday_is_refused_with_words(book):
    with pytest.raises(InThePast, match="has gone by"):
        book(at=NOW - timedelta(minutes=1))


@pytest.mark.parametrize("at", [time(7, 45), time(16, 30), time(20)])
def test_outside_the_opening_hours_is_refused_unless_it_is_meant(book, at):
    late = datetime.combine(date(2026, 11, 25), at, tzinfo=PARIS)
    with pytest.raises(ClinicClosed, match="closed"):
        book(at=late)
    assert book(at=late, even_closed=True).pk


def test_somebody_who_does_not_offer_it_is_refused(book, joon, dee, here):
    with pytest.raises(TherapistDoesNotOffer, match="Dee"):
        book(therapist=dee)
    joon.kinds.set([VisitKind.objects.get(name="First visit")])
    with pytest.raises(TherapistDoesNotOffer, match="Joon"):
        book()


def test_somebody_who_left_cannot_be_booked(book, joon):
    joon.is_active = False
    with pytest.raises(TherapistDoesNotOffer):
        book()


@pytest.mark.parametrize("minutes", [0, -5, 13 * 60])
def test_a_length_that_cannot_be_is_refused(book, minutes):
    with pytest.raises(NoLength):
        book(planned=timedelta(minutes=minutes))


def test_nobody_of_the_other_clinic_can_be_booked(book, hillside, charlie):
    from alongside.people.models import Client

    with working_in(hillside):
        theirs = Client.objects.create(first_name="Sam")
        room = Room.objects.first()
    for wrong in ({"client": theirs}, {"therapist": charlie}, {"room": room}):
        with pytest.raises(NoClinic):
            book(**wrong)
    assert not Visit.objects.exists()


def test_charlies_clinic_cannot_book_into_this_one(amara, joon, charlie, kind, hillside, acting):
    with working_in(hillside), pytest.raises(NoClinic):
        book_visit(amara, joon, kind, AT, by=acting.staff(charlie), now=NOW, confirm=False)


def test_a_visit_shorter_than_the_plan_is_warned_about(amara):
    amara.planned_minutes = timedelta(minutes=45)
    said = shorter_than_plan(amara, timedelta(minutes=30))
    assert said == "This visit is 30 minutes. Amara's plan asks for 45."
    assert shorter_than_plan(amara, timedelta(minutes=45)) == ""
    amara.planned_minutes = None
    assert shorter_than_plan(amara, timedelta(minutes=5)) == ""


def test_another_trouble_of_the_database_is_not_hidden(here):
    from django.db import OperationalError

    from alongside.visits.actions import guard

    with pytest.raises(OperationalError):
        guard.guarded(lambda: (_ for _ in ()).throw(OperationalError("disk is full")))


def test_visits_of_the_same_time_on_different_days_do_not_clash(book):
    for days in range(3):
        book(at=AT + timedelta(days=days))
    assert Visit.objects.count() == 3


def test_a_visit_across_the_night_with_25_hours_keeps_its_length(amara, joon):
    at = datetime(2026, 10, 25, 1, 30, tzinfo=PARIS)
    visit = book_for(amara, joon, at, planned=timedelta(hours=2))
    assert visit.ends_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # half past two, again
    assert visit.day == date(2026, 10, 25)


@pytest.mark.parametrize("column", ["therapist_id", "room_id", "client_id"])
def test_the_guard_does_not_look_through_years_of_past_visits(db, column):
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL guards by an index of its own")
    guard = import_module("alongside.visits.migrations.0002_never_double_booked")
    question = re.sub(r"NEW\.\w+", "?", guard._overlaps(column))
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + question.replace("?", "'x'"))
        plan = " ".join(row[3] for row in cursor.fetchall())
    name = column.removesuffix("_id")
    assert f"USING INDEX double_booked_{name} ({column}=? AND ends_at>?)" in plan
