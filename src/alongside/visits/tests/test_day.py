"""The day as staff and clients live it: in, told, corrected, called, done, and back again."""

from datetime import timedelta

import pytest
from conftest import book_for

from alongside.audit.models import Entry
from alongside.clinics.current import NoClinic, working_in
from alongside.visits.actions import away, check_in, move_on, not_here
from alongside.visits.actions.ask import ask_for_update
from alongside.visits.actions.mood import NoSuchMood, say_mood
from alongside.visits.actions.step import NotFromHere, SomebodyWasFaster
from alongside.visits.actions.undo import NothingToUndo, undo
from alongside.visits.actions.work_out import work_out, work_out_when_changed
from alongside.visits.models import Channel, DayState, Outlook, State, Step, Told, Visit
from alongside.visits.queries.look import look_ahead

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def at_desk(dee, acting):
    return acting.staff(dee)


@pytest.fixture
def checked_in(here, amaras_visit, at_desk, now):
    told = check_in.check_in(amaras_visit, by=at_desk, channel=Channel.DESK, now=now)
    return amaras_visit, told


def test_whoever_checks_in_is_told_a_range_and_a_time(checked_in, now):
    visit, told = checked_in
    assert visit.state == State.HERE
    assert told.low <= told.likely <= told.high
    assert told.by > now
    assert told.channels == ["desk"]
    assert len(told.numbers["quantiles"]) == 9


def test_a_code_tells_neither_name_nor_order(checked_in, luc, joon, at_desk, now):
    visit, _ = checked_in
    assert 2 <= len(visit.code) <= 3
    assert visit.client.first_name[0] + "1" != visit.code


def test_nobody_checks_in_twice(checked_in, at_desk, now):
    visit, _ = checked_in
    with pytest.raises(check_in.AlreadyHere):
        check_in.check_in(visit, by=at_desk, channel=Channel.KIOSK, now=now)
    assert Told.objects.filter(visit=visit).count() == 1


def test_what_was_told_is_on_record_with_who_did_it(checked_in, dee):
    visit, _ = checked_in
    entry = Entry.objects.get(verb="visits.check_in")
    assert (entry.actor_label, entry.client_key) == (dee.name, visit.client_id)


def test_the_way_through_the_door(checked_in, at_desk, now):
    visit, _ = checked_in
    move_on.call(visit, by=at_desk, now=now + MINUTE)
    move_on.start(visit, by=at_desk, now=now + 2 * MINUTE)
    move_on.finish(visit, by=at_desk, now=now + 50 * MINUTE)
    visit.refresh_from_db()
    assert visit.state == State.DONE
    assert visit.waited(until=now) == 2 * MINUTE
    # Amara came before her time: the second clock has not begun when she goes in.
    assert visit.waited_past_time(until=now) == timedelta(0)


def test_steps_are_refused_from_the_wrong_place(here, amaras_visit, at_desk, now):
    with pytest.raises(NotFromHere):
        move_on.finish(amaras_visit, by=at_desk, now=now)
    with pytest.raises(NotFromHere):
        move_on.call(amaras_visit, by=at_desk, now=now)


def test_two_desks_never_overwrite_each_other(checked_in, at_desk, now):
    visit, _ = checked_in
    theirs = Visit.objects.get(pk=visit.pk)
    mine = Visit.objects.get(pk=visit.pk)
    move_on.call(theirs, by=at_desk, now=now)
    with pytest.raises(SomebodyWasFaster) as refusal:
        move_on.call(mine, by=at_desk, now=now, version=mine.version)
    assert refusal.value.visit.state == State.CALLED
    assert Step.objects.filter(verb="call").count() == 1


def test_every_step_can_be_taken_back_one_by_one(checked_in, at_desk, now):
    visit, _ = checked_in
    move_on.call(visit, by=at_desk, now=now)
    move_on.start(visit, by=at_desk, now=now)
    for verb, state in [("start", State.CALLED), ("call", State.HERE), ("check_in", State.BOOKED)]:
        step = Step.objects.filter(visit=visit, undone_at=None).order_by("-version_after").first()
        assert step.verb == verb
        undo(step, by=at_desk, now=now)
        visit.refresh_from_db()
        assert visit.state == state
    assert visit.arrived_at is None


def test_a_step_is_taken_back_once(checked_in, at_desk, now):
    visit, _ = checked_in
    step = Step.objects.get(visit=visit)
    undo(step, by=at_desk, now=now)
    with pytest.raises(NothingToUndo):
        undo(step, by=at_desk, now=now)


def test_an_older_step_cannot_be_taken_back_over_a_newer_one(checked_in, at_desk, now):
    visit, _ = checked_in
    first = Step.objects.get(visit=visit)
    move_on.call(visit, by=at_desk, now=now)
    with pytest.raises(NothingToUndo):
        undo(first, by=at_desk, now=now)
    assert Visit.objects.get(pk=visit.pk).state == State.CALLED
    assert Step.objects.get(pk=first.pk).undone_at is None


def test_told_values_stay_when_a_check_in_is_taken_back(checked_in, at_desk, now):
    visit, _ = checked_in
    undo(Step.objects.get(visit=visit), by=at_desk, now=now)
    assert Told.objects.filter(visit=visit).count() == 1


def test_a_bottleneck_is_told_unasked_with_its_reason(
    here, amaras_visit, luc, joon, at_desk, acting, now
):
    lucs = book_for(luc, joon, now.replace(hour=9, minute=30))
    check_in.check_in(lucs, by=at_desk, channel=Channel.DESK, now=now - 45 * MINUTE)
    move_on.start(lucs, by=at_desk, now=now - 42 * MINUTE)
    first = check_in.check_in(amaras_visit, by=at_desk, channel=Channel.PHONE, now=now)
    told = []
    for minute in range(1, 61):
        told += work_out(now + minute * MINUTE)
    assert told, "an overrun of an hour was never told"
    for before, after in zip([first, *told], told, strict=False):
        assert after.told_at < before.by, "a told time passed in silence"
    assert told[0].reason == "earlier_visit_longer"
    assert told[0].by > first.by


def test_a_check_in_brings_its_therapists_day_up_to_date_at_once(
    here, amaras_visit, luc, joon, at_desk, now
):
    lucs = book_for(luc, joon, now.replace(hour=11, minute=30))
    # Twice: the first of a clinic's life begins the count of its changes.
    work_out(now)
    work_out(now)
    before = Outlook.objects.get(visit=lucs).made_at
    check_in.check_in(amaras_visit, by=at_desk, channel=Channel.DESK, now=now + 20 * MINUTE)
    state = DayState.objects.get()
    assert state.changed == state.worked_out
    told = Told.objects.get(visit=amaras_visit)
    shown = Outlook.objects.get(visit=amaras_visit).starts_likely
    assert abs(shown - (told.told_at + told.likely)) <= MINUTE
    assert Outlook.objects.get(visit=lucs).made_at > before


def test_a_check_in_beside_another_change_leaves_the_day_to_the_clock(
    here, amaras_visit, joon, at_desk, now
):
    """What was looked at before the other change must not count as worked out."""
    work_out(now)
    work_out(now)
    looked = look_ahead(now, arriving=amaras_visit)
    away.go_away(joon, why="stepped_out", until=now + 60 * MINUTE, by=at_desk, now=now)
    check_in.check_in(amaras_visit, by=at_desk, channel=Channel.DESK, now=now, looked=looked)
    state = DayState.objects.get()
    assert state.changed != state.worked_out
    work_out_when_changed(now)
    state.refresh_from_db()
    assert state.changed == state.worked_out


def test_without_the_clock_an_overrun_is_counted_as_our_fault(checked_in, now):
    """The negative control: with nobody working the waits out, the told time passes in silence."""
    from alongside.visits.queries.board import board_for

    visit, told = checked_in
    board = board_for(visit.clinic, told.by + MINUTE)
    assert [row.visit.pk for row in board.overdue] == [visit.pk]


def test_asking_is_answered_at_once_and_reaches_the_desk(checked_in, amara, acting, now):
    from alongside.visits.queries.board import board_for

    visit, _ = checked_in
    told = ask_for_update(visit, by=acting.client(amara), now=now + MINUTE)
    assert told is not None
    row = next(row for row in board_for(visit.clinic, now + MINUTE).rows if row.asked)
    assert row.asked.answered_at == now + MINUTE


def test_a_therapist_who_steps_out_moves_every_wait(here, amaras_visit, joon, at_desk, now):
    check_in.check_in(amaras_visit, by=at_desk, channel=Channel.DESK, now=now)
    work_out(now)
    before = Outlook.objects.get(visit=amaras_visit).starts_likely
    away.go_away(joon, why="stepped_out", until=now + 60 * MINUTE, by=at_desk, now=now)
    work_out(now)
    assert Outlook.objects.get(visit=amaras_visit).starts_likely > before + 20 * MINUTE


def test_somebody_who_did_not_come_frees_the_time(here, amaras_visit, luc, joon, at_desk, now):
    not_here.did_not_come(amaras_visit, by=at_desk, now=now)
    again = book_for(luc, joon, amaras_visit.booked_at)
    assert again.state == State.BOOKED


def test_nothing_is_read_outside_a_clinic(amaras_visit):
    with pytest.raises(NoClinic):
        Visit.objects.count()


def test_the_other_clinic_sees_no_visit(amaras_visit, hillside):
    with working_in(hillside):
        assert Visit.objects.count() == 0
    with working_in(amaras_visit.clinic_id):
        assert Visit.objects.count() == 1


def test_a_mood_holds_up_no_desk_and_no_undo(checked_in, amara, acting, at_desk, now):
    visit, _ = checked_in
    say_mood(Visit.objects.get(pk=visit.pk), 3, by=acting.client(amara), now=now)
    undo(Step.objects.get(visit=visit), by=at_desk, now=now)
    visit.refresh_from_db()
    assert (visit.state, visit.mood) == (State.BOOKED, 3)


def test_there_are_five_moods(checked_in, amara, acting, now):
    visit, _ = checked_in
    with pytest.raises(NoSuchMood):
        say_mood(visit, 5, by=acting.client(amara), now=now)


@pytest.mark.parametrize(
    ("prefers", "email", "must_be_said"),
    [("email", "amara@example.org", False), ("email", "", True), ("none", "", True)],
)
def test_a_correction_that_reaches_nobody_has_to_be_said_in_person(
    here, amaras_visit, luc, joon, amara, at_desk, now, prefers, email, must_be_said
):
    """Who has no address hears it from a person; a letter that went is enough."""
    amara.prefers, amara.email = prefers, email
    amara.save()
    check_in.check_in(amaras_visit, by=at_desk, channel=Channel.DESK, now=now)
    away.go_away(joon, why="stepped_out", until=now + 90 * MINUTE, by=at_desk, now=now)
    (told,) = work_out(now + MINUTE)
    assert told.to_say is must_be_said
    assert ("email" in told.channels) is not must_be_said


def test_a_correction_that_leaves_the_house_gives_no_reason(
    here, amaras_visit, joon, amara, at_desk, now
):
    from alongside.messaging.models import Message

    amara.prefers, amara.email = "email", "amara@example.org"
    amara.save()
    check_in.check_in(amaras_visit, by=at_desk, channel=Channel.DESK, now=now)
    away.go_away(joon, why="stepped_out", until=now + 90 * MINUTE, by=at_desk, now=now)
    (told,) = work_out(now + MINUTE)
    letter = Message.objects.get(template="wait_changed")
    assert told.reason == "therapist_away"
    assert letter.failed_at is None
    assert "thérapeute" not in letter.body.lower()
    assert "therapist" not in letter.body.lower()
