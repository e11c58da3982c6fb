"""What would help, as the board says it: one time for one person, and one answer to who is free."""

from datetime import timedelta

import pytest
from conftest import _staff, book_for

from alongside.people.models import Client
from alongside.rules.waits.moves import therapist_in
from alongside.visits.actions.away import go_away
from alongside.visits.actions.cancel import cancel_visit
from alongside.visits.actions.check_in import check_in
from alongside.visits.actions.move_on import call, start
from alongside.visits.models import Channel, DayState, Visit
from alongside.visits.queries.board import board_for
from alongside.visits.queries.day import day_for_engine
from alongside.visits.queries.moves import helpful_moves, therapist_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def at_desk(dee, acting):
    return acting.staff(dee)


def kept(kind, visit, **more):
    """A move as the clock has kept it."""
    effect = {str(visit.pk): [20.0, 5.0]}
    move = {"to_lane": None, "new_time": None, "other": None, "helps": str(visit.pk)}
    return move | {"kind": kind, "visit": str(visit.pk), "effect": effect} | more


def later(visit, minutes):
    return kept("come_later", visit, new_time=(visit.booked_at + minutes * MINUTE).isoformat())


def offered(harbour, now, *moves):
    DayState.objects.update_or_create(defaults={"moves": list(moves)})
    return [one.sentence for one in helpful_moves(board_for(harbour, now))]


def test_one_person_is_asked_to_come_at_one_time(here, amara, joon, now):
    visit = book_for(amara, joon, now + 60 * MINUTE)
    said = offered(here, now, later(visit, 30), later(visit, 15))
    assert said == ["Ask Amara to come at 11:42."]


def test_also_when_somebody_may_go_before_them(here, amara, luc, joon, at_desk, now):
    absent = book_for(amara, joon, now + 60 * MINUTE)
    waits = book_for(luc, joon, now + 105 * MINUTE)
    check_in(waits, by=at_desk, channel=Channel.DESK, now=now)
    swap = kept("swap", waits, other=str(absent.pk))
    assert offered(here, now, later(absent, 15), swap) == [
        "Let Luc go before Amara, who is asked to come at 11:57."
    ]
    # The control: without the swap, which is for somebody who waits here, she is asked.
    assert offered(here, now, later(absent, 15)) == ["Ask Amara to come at 11:27."]


def test_two_therapists_may_be_offered_to_one_person(here, amara, joon, at_desk, now, harbour):
    visit = book_for(amara, joon, now - 5 * MINUTE)
    check_in(visit, by=at_desk, channel=Channel.DESK, now=now)
    others = [_staff(harbour, name, "therapist") for name in ("Mika", "Ravi")]
    moves = [kept("other_therapist", visit, to_lane=str(one.pk)) for one in others]
    assert offered(here, now, *moves) == ["Let Mika see Amara.", "Let Ravi see Amara."]


def test_the_engine_and_the_board_know_the_same_therapists(
    here, amara, luc, joon, harbour, at_desk, now
):
    """One rule says who is free: what each of the two makes of the same rows must be alike."""
    mika, ravi, away = (_staff(harbour, name, "therapist") for name in ("Mika", "Ravi", "Aino"))
    sam = Client.objects.create(first_name="Sam", last_name="Roy", prefers="none")
    waits = book_for(amara, joon, now + 10 * MINUTE)
    check_in(waits, by=at_desk, channel=Channel.DESK, now=now)
    book_for(luc, joon, now + 70 * MINUTE)
    cancel_visit(book_for(luc, joon, now + 200 * MINUTE), by=at_desk, now=now, tell=False)
    with_her = book_for(luc, mika, now + 130 * MINUTE)
    check_in(with_her, by=at_desk, channel=Channel.DESK, now=now)
    call(Visit.objects.get(pk=with_her.pk), by=at_desk, now=now)
    begun = book_for(sam, ravi, now + 130 * MINUTE)
    check_in(begun, by=at_desk, channel=Channel.DESK, now=now)
    call(Visit.objects.get(pk=begun.pk), by=at_desk, now=now)
    start(Visit.objects.get(pk=begun.pk), by=at_desk, now=now)
    go_away(away, why="absent", until=None, by=at_desk, now=now)
    day, board = day_for_engine(harbour, now), board_for(harbour, now)
    engine = {lane.id: plain(therapist_in(day, lane, now)) for lane in day.lanes}
    shown = {str(lane.therapist.pk): plain(therapist_on(lane)) for lane in board.lanes}
    assert engine == shown
    assert [len(engine[str(one.pk)][2]) for one in (joon, mika, ravi)] == [2, 1, 0]
    assert [engine[str(one.pk)][:2] for one in (mika, ravi, away)] == [
        (False, True),
        (False, True),
        (True, False),
    ]


def plain(therapist):
    return (
        therapist.is_away,
        bool(therapist.is_busy),
        {(at.timestamp(), length) for at, length in therapist.held},
    )
