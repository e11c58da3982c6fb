"""Prepared questions and writes: the same rows, the same walls, whatever was around the first."""

from datetime import timedelta

import pytest
from conftest import NOW, book_for
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F
from django.test.utils import CaptureQueriesContext

from alongside.access.models import Once
from alongside.clinics.current import NoClinic, across_clinics, working_in
from alongside.clinics.models import Room
from alongside.clinics.prepared import NotPrepared, prepared
from alongside.clinics.prepared_writes import insert, prepared_change
from alongside.people.models import Card, Client
from alongside.visits.models import DayState, Told, Visit

pytestmark = pytest.mark.django_db


def test_rows_and_what_comes_along_are_as_the_queryset_has_them(amaras_visit, amara, luc, joon):
    @prepared
    def visits(day):
        return Visit.objects.on_day(day).in_order().select_related("client__card", "room", "kind")

    with working_in(amara.clinic_id):
        Card.objects.create(client=amara, helps="a quiet corner")
        book_for(luc, joon, NOW.replace(hour=12), room=Room.objects.first())
        with CaptureQueriesContext(
            connection,
        ) as asked:
            first, second = visits(NOW.date())
            assert first.client.card.helps == "a quiet corner"
            assert (first.room, second.room.name) == (None, "Room 1")
            assert not hasattr(second.client, "card")
            assert first.client.card.client is first.client
        assert len(asked) == 1
        plain_rows = Visit.objects.on_day(NOW.date()).in_order()
        for mine, plain in zip((first, second), plain_rows, strict=True):
            for field in Visit._meta.concrete_fields:
                assert getattr(mine, field.attname) == getattr(plain, field.attname), field
            mine.save()  # A row like any other: it is there already, and is written over.
        assert Visit.objects.count() == 2


def test_tuples_single_values_and_a_part_of_the_columns(amaras_visit):
    @prepared
    def times(day):
        return Visit.objects.on_day(day).values_list("pk", "booked_at", "planned")

    @prepared
    def names(day):
        return Visit.objects.on_day(day).values_list("client__first_name", flat=True)

    @prepared
    def states(day):
        return Visit.objects.on_day(day).only("state")

    with working_in(amaras_visit.clinic_id):
        same = (amaras_visit.pk, amaras_visit.booked_at, amaras_visit.planned)
        assert times(NOW.date()) == [same]
        assert names(day=NOW.date()) == ["Amara"]
        (state,) = states(NOW.date())
        assert state.get_deferred_fields() > {"day", "booked_at"}
        assert (state.state, state.day) == ("booked", NOW.date())


def test_a_question_stays_inside_the_clinic_at_hand(amara, hillside):
    @prepared
    def clients():
        return Client.objects.all()

    with working_in(amara.clinic_id):
        assert clients() == [amara]
    with working_in(hillside):
        assert clients() == []
    with pytest.raises(NoClinic):
        clients()


def test_a_wall_that_was_down_at_the_first_question_is_up_at_the_second(amara, hillside):
    @prepared
    def clients():
        return Client.objects.all()

    with working_in(hillside), across_clinics("a test of the wall"):
        assert clients() == []
    with working_in(hillside):
        assert clients() == []


def test_a_question_that_says_why_it_reads_across_does(amara, hillside):
    """The negative control: it is the manager's wall that hides the row."""

    @prepared
    def everybody():
        with across_clinics("a test of the wall"):
            return Client.objects.all()

    with working_in(hillside):
        assert everybody() == [amara]


def test_what_cannot_be_prepared_is_refused(here):
    @prepared
    def prefetched():
        return Client.objects.prefetch_related("visits")

    @prepared
    def counted():
        return Client.objects.annotate(n=Count("visits"))

    @prepared
    def named(name):
        return Client.objects.filter(first_name=name)

    for ask in (prefetched, counted, lambda: named(None), lambda: named(["Amara"])):
        with pytest.raises(NotPrepared):
            ask()


def test_a_change_is_made_in_this_clinic_alone_and_counted(harbour, hillside):
    @prepared_change
    def count_up(state):
        return DayState.objects.filter(changed=state), {"changed": F("changed") + 1}

    for clinic in (harbour, hillside):
        with working_in(clinic):
            DayState.objects.create()
    with working_in(harbour):
        assert count_up(1) == 1
        assert count_up(1) == 0
        assert DayState.objects.get().changed == 2
    with working_in(hillside):
        assert DayState.objects.get().changed == 1
    with pytest.raises(NoClinic):
        count_up(1)


def test_a_change_keeps_whatever_its_columns_keep(amaras_visit):
    @prepared_change
    def note(its, late, mood):
        return Visit.objects.filter(pk=its), {"late_until": late, "mood": mood}

    @prepared_change
    def tried(moves):
        return DayState.objects.all(), {"moves": moves}

    with working_in(amaras_visit.clinic_id):
        for late, mood in ((NOW, 3), (None, None)):
            assert note(amaras_visit.pk, late, mood) == 1
            amaras_visit.refresh_from_db()
            assert (amaras_visit.late_until, amaras_visit.mood) == (late, mood)
        DayState.objects.create()
        tried([{"kind": "come_later"}])
        assert DayState.objects.get().moves == [{"kind": "come_later"}]


def test_a_new_row_is_as_saved_and_belongs_to_the_clinic_at_hand(amaras_visit, hillside):
    minutes = timedelta(minutes=5)
    said = {"low": minutes, "high": minutes, "likely": minutes, "by": NOW, "reason": "first"}
    with working_in(amaras_visit.clinic_id):
        told = Told(visit=amaras_visit, told_at=NOW, channels=["phone"], numbers={"n": 1}, **said)
        insert(told)
        kept = Told.objects.get()
        assert kept == told
        for field in Told._meta.concrete_fields:
            assert getattr(kept, field.attname) == getattr(told, field.attname), field
        assert kept.clinic_id == amaras_visit.clinic_id
    with working_in(hillside), pytest.raises(NoClinic):
        insert(Told(visit=amaras_visit, clinic_id=amaras_visit.clinic_id, told_at=NOW, **said))
    with pytest.raises(NoClinic):
        insert(Told(visit_id=amaras_visit.pk, told_at=NOW, **said))


def test_a_model_that_is_saved_in_its_own_way_is_not_inserted(here):
    with pytest.raises(NotPrepared):
        insert(Visit())


def test_a_row_that_is_refused_undoes_what_is_around_it(here):
    insert(Once(key="a", verb="b", at=NOW))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Once(key="a", verb="b", at=NOW))
    assert Once.objects.count() == 1
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            insert(Once(key="a", verb="b", at=NOW))
        with pytest.raises(transaction.TransactionManagementError):
            Once.objects.count()
