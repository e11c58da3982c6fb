"""A series: the same clock time through the year, all of it or nothing."""

from datetime import date, datetime, time, timedelta

import pytest
from conftest import NOW, PARIS, book_for

from alongside.clinics.current import NoClinic, working_in
from alongside.clinics.models import VisitKind
from alongside.messaging.models import Message
from alongside.visits.actions.change import move_visit
from alongside.visits.actions.refusals import SlotJustTaken
from alongside.visits.actions.series import SeriesClashes, book_series
from alongside.visits.actions.step import NotFromHere, SomebodyWasFaster
from alongside.visits.models import State, Visit
from alongside.visits.queries.series import series_dates

TUESDAY = date(2026, 12, 1)


@pytest.fixture
def kind(here):
    return VisitKind.objects.get(name="Visit")


@pytest.fixture
def book(amara, joon, dee, kind, acting):
    def _book(starts, **more):
        how = {"by": acting.staff(dee), "now": NOW, **more}
        return book_series(amara, joon, kind, starts, **how)

    return _book


def hours_of(starts: list[datetime]) -> list[str]:
    return [f"{at.astimezone(PARIS):%a %H:%M}" for at in starts]


@pytest.mark.parametrize("first_on", [date(2026, 10, 13), date(2027, 3, 16)])
def test_a_series_keeps_its_clock_time_over_the_change_of_the_clocks(here, harbour, first_on):
    starts = series_dates(harbour, first_on, time(10), 4).starts
    assert hours_of(starts) == ["Tue 10:00"] * 4
    assert len({at.utcoffset() for at in starts}) == 2


def test_a_date_at_which_the_clock_has_no_such_time_is_named(here, harbour):
    dates = series_dates(harbour, date(2027, 3, 28), time(2, 30), 1, even_closed=True)
    assert (dates.starts, dates.no_such_time) == ([], [date(2027, 3, 28)])


def test_days_on_which_the_clinic_never_opens_are_skipped(here, harbour):
    saturday = date(2026, 12, 5)
    assert series_dates(harbour, saturday, time(10), 3).starts == []
    meant = series_dates(harbour, saturday, time(10), 3, even_closed=True).starts
    assert hours_of(meant) == ["Sat 10:00"] * 3


def test_six_tuesdays_are_one_series_and_one_letter(book, harbour):
    visits = book(series_dates(harbour, TUESDAY, time(10), 6).starts)
    assert len({one.series for one in visits}) == 1
    assert hours_of([one.booked_at for one in visits]) == ["Tue 10:00"] * 6
    (letter,) = Message.objects.all()
    assert (letter.template, letter.last_error) == ("booked_series", "")
    assert letter.calendar.count("BEGIN:VEVENT") == 6


def test_all_that_clash_are_named_and_nothing_is_booked(book, harbour, luc, joon):
    starts = series_dates(harbour, TUESDAY, time(10), 4).starts
    for taken in (starts[1], starts[3]):
        book_for(luc, joon, taken)
    with pytest.raises(SeriesClashes) as refused:
        book(starts)
    assert [clash.at for clash in refused.value.clashes] == [starts[1], starts[3]]
    assert "2 of these dates" in str(refused.value)
    assert all(clash.refused.free for clash in refused.value.clashes)
    assert Visit.objects.count() == 2
    assert not Message.objects.exists()


def test_charlies_clinic_books_no_series_here(book, hillside):
    with working_in(hillside), pytest.raises(NoClinic):
        book([datetime(2026, 12, 1, 10, tzinfo=PARIS)])


# --- moving one ---


@pytest.fixture
def visit(here, amara, joon):
    return book_for(amara, joon, datetime(2026, 12, 1, 10, tzinfo=PARIS))


def test_a_visit_may_move_into_a_time_that_it_holds_itself(visit, dee, acting):
    to = visit.booked_at + timedelta(minutes=15)
    move_visit(visit, to=to, by=acting.staff(dee), now=NOW)
    stored = Visit.objects.get(pk=visit.pk)
    assert (stored.booked_at, stored.ends_at) == (to, to + timedelta(minutes=45))
    assert stored.version == 2


def test_a_longer_kind_brings_its_own_length(visit, dee, acting):
    first = VisitKind.objects.get(name="First visit")
    move_visit(visit, kind=first, by=acting.staff(dee), now=NOW)
    stored = Visit.objects.get(pk=visit.pk)
    assert (stored.planned, stored.ends_at - stored.booked_at) == (timedelta(hours=1),) * 2


def test_a_visit_is_never_moved_onto_another(visit, luc, joon, dee, acting):
    book_for(luc, joon, visit.booked_at + timedelta(hours=2))
    with pytest.raises(SlotJustTaken, match="Joon"):
        move_visit(visit, to=visit.booked_at + timedelta(minutes=90), by=acting.staff(dee), now=NOW)
    assert Visit.objects.get(pk=visit.pk).version == 1


def test_who_comes_second_is_told_and_overwrites_nothing(visit, dee, noor, acting):
    mine, theirs = Visit.objects.get(pk=visit.pk), Visit.objects.get(pk=visit.pk)
    move_visit(theirs, to=visit.booked_at + timedelta(days=1), by=acting.staff(noor), now=NOW)
    with pytest.raises(SomebodyWasFaster) as refused:
        move_visit(mine, to=visit.booked_at + timedelta(days=2), by=acting.staff(dee), now=NOW)
    assert refused.value.visit.booked_at == visit.booked_at + timedelta(days=1)


def test_what_is_over_is_not_moved(visit, dee, acting):
    visit.state = State.CANCELLED
    with pytest.raises(NotFromHere):
        move_visit(visit, to=visit.booked_at + timedelta(days=1), by=acting.staff(dee), now=NOW)


def test_a_new_time_is_a_new_question(visit, dee, acting):
    Visit.objects.filter(pk=visit.pk).update(confirmed_at=NOW, reminded_at=NOW)
    move_visit(
        Visit.objects.get(pk=visit.pk),
        to=visit.booked_at + timedelta(days=1),
        by=acting.staff(dee),
        now=NOW,
    )
    stored = Visit.objects.get(pk=visit.pk)
    assert (stored.confirmed_at, stored.reminded_at) == (None, None)
