"""Two people change places: both or neither, and the database never sees them share a time."""

from datetime import timedelta

import pytest
from conftest import book_for
from django.db import IntegrityError, transaction

from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.clinics.models import Room
from alongside.messaging.models import Message
from alongside.visits.actions.check_in import check_in
from alongside.visits.actions.move_on import call
from alongside.visits.actions.not_here import client_is_late
from alongside.visits.actions.offer import carry_out_move
from alongside.visits.actions.step import NotFromHere, SomebodyWasFaster
from alongside.visits.actions.undo import NothingToUndo, undo
from alongside.visits.actions.work_out import work_out
from alongside.visits.models import Channel, State, Step, Visit
from alongside.visits.queries.moves import seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def at_desk(dee, acting):
    return acting.staff(dee)


@pytest.fixture
def first(now):
    """Amara's time: ten o'clock, twelve minutes ago."""
    return now.replace(hour=10, minute=0)


@pytest.fixture
def second(first):
    return first + 45 * MINUTE


@pytest.fixture
def late(here, amara, joon, at_desk, first, now):
    """Amara, booked first, has said that she comes at eleven."""
    visit = book_for(amara, joon, first)
    return client_is_late(visit, until=first + 60 * MINUTE, by=at_desk, now=now)


@pytest.fixture
def early(here, luc, joon, at_desk, second, now):
    """Luc, booked after her, is here."""
    visit = book_for(luc, joon, second)
    check_in(visit, by=at_desk, channel=Channel.DESK, now=now)
    return visit


def swap(early, late, at_desk, now, **more):
    given = {"version": early.version, "to": seen(late)} | more
    return carry_out_move(early, move="swap", by=at_desk, now=now, **given)


def times(*visits):
    return [Visit.objects.get(pk=visit.pk).booked_at for visit in visits]


def test_they_exchange_their_times_and_keep_their_lengths(early, late, at_desk, first, second, now):
    words = swap(early, late, at_desk, now)
    assert words == "Luc goes before Amara, who is asked to come at 11:00."
    assert times(early, late) == [first, second]
    for visit in Visit.objects.all():
        assert visit.ends_at - visit.booked_at == visit.planned
    assert Visit.objects.get(pk=late.pk).late_until == first + 60 * MINUTE


def test_who_comes_before_their_new_time_is_not_late_any_more(
    early, late, at_desk, first, second, now
):
    sooner = client_is_late(late, until=first + 40 * MINUTE, by=at_desk, now=now)
    swap(early, sooner, at_desk, now)
    assert Visit.objects.get(pk=late.pk).late_until is None
    assert "10:45" in Message.objects.get().body
    undo(Step.objects.filter(visit=late, verb="swap").get(), by=at_desk, now=now)
    assert Visit.objects.get(pk=late.pk).late_until == first + 40 * MINUTE


def test_whoever_is_put_later_hears_of_it_once_and_who_is_here_gets_no_letter(
    early, late, at_desk, amara, now
):
    swap(early, late, at_desk, now)
    letter = Message.objects.get()
    assert (letter.client_id, letter.template, letter.urgent) == (amara.pk, "swapped", True)
    # Not at the new time, 10:45: she said that she cannot be here before eleven.
    assert "11:00" in letter.body
    assert "merci de venir" in letter.body


def test_both_are_on_record_with_who_did_it(early, late, at_desk, dee, now):
    swap(early, late, at_desk, now)
    found = Entry.objects.filter(verb="visits.swap")
    assert {entry.client_key for entry in found} == {early.client_id, late.client_id}
    assert {entry.actor_label for entry in found} == {dee.name}


@pytest.mark.parametrize("whose", ["early", "late"])
def test_taken_back_from_either_both_are_as_before(early, late, at_desk, first, second, now, whose):
    swap(early, late, at_desk, now)
    step = Step.objects.get(visit={"early": early, "late": late}[whose], verb="swap")
    undo(step, by=at_desk, now=now)
    assert times(early, late) == [second, first]
    assert not Step.objects.filter(verb="swap", undone_at=None).exists()
    # The letter had not left: it is taken back, and no other one says so.
    assert [message.withdrawn_at for message in Message.objects.all()] == [now]
    with pytest.raises(NothingToUndo):
        undo(Step.objects.get(pk=step.pk), by=at_desk, now=now)


def test_taken_back_after_the_letter_left_the_time_is_told_once_more(
    early, late, at_desk, amara, first, now
):
    swap(early, late, at_desk, now)
    Message.objects.update(sent_at=now)
    undo(Step.objects.get(visit=early, verb="swap"), by=at_desk, now=now)
    assert list(Message.objects.values_list("client", "template").order_by("template")) == [
        (amara.pk, "moved"),
        (amara.pk, "swapped"),
    ]


def test_it_is_not_taken_back_once_one_of_them_went_on(early, late, at_desk, first, second, now):
    swap(early, late, at_desk, now)
    call(Visit.objects.get(pk=early.pk), by=at_desk, now=now)
    with pytest.raises(NothingToUndo):
        undo(Step.objects.get(visit=late, verb="swap"), by=at_desk, now=now)
    assert times(early, late) == [first, second]
    assert Step.objects.filter(verb="swap", undone_at=None).count() == 2


def test_when_she_comes_in_meanwhile_nothing_is_changed(early, late, at_desk, first, second, now):
    shown = seen(late)
    check_in(Visit.objects.get(pk=late.pk), by=at_desk, channel=Channel.KIOSK, now=now)
    with pytest.raises(NotFromHere):
        swap(early, late, at_desk, now, to=shown)
    assert times(early, late) == [second, first]


@pytest.mark.parametrize("whose", ["early", "late"])
def test_two_desks_never_overwrite_each_other(early, late, at_desk, first, second, now, whose):
    changed = {"early": early, "late": late}[whose]
    Visit.objects.filter(pk=changed.pk).update(version=changed.version + 1)
    with pytest.raises(SomebodyWasFaster) as refusal:
        swap(early, late, at_desk, now)
    assert refusal.value.visit.pk == changed.pk
    assert times(early, late) == [second, first]
    assert not Message.objects.exists()
    assert not Step.objects.filter(verb="swap").exists()


def test_of_two_desks_that_tap_at_once_one_goes(early, late, at_desk, first, second, now):
    mine, theirs = Visit.objects.get(pk=early.pk), Visit.objects.get(pk=early.pk)
    swap(theirs, late, at_desk, now)
    with pytest.raises((SomebodyWasFaster, NotFromHere)):
        swap(mine, late, at_desk, now)
    assert times(early, late) == [first, second]
    assert Step.objects.filter(verb="swap").count() == 2


def test_written_one_after_the_other_the_database_refuses(early, late, first, second):
    """The negative control: without stepping aside, the guard against double bookings stands."""
    with pytest.raises(IntegrityError, match="double_booked"), transaction.atomic():
        Visit.objects.filter(pk=late.pk).update(booked_at=second, ends_at=second + 45 * MINUTE)


def test_a_room_that_is_taken_refuses_the_swap_and_all_stays(
    early, late, at_desk, ravi, first, second, now
):
    room = Room.objects.get(name="Room 1")
    Visit.objects.filter(pk=early.pk).update(room=room)
    with working_in(early.clinic_id):
        other = book_for(ravi[1], ravi[0], first, room=room)
    with pytest.raises(NotFromHere):
        swap(early, late, at_desk, now)
    assert times(early, late, other) == [second, first, first]
    assert not Message.objects.exists()


@pytest.fixture
def ravi(harbour, joon):
    """Another therapist, with a client of their own."""
    from conftest import _staff

    from alongside.people.models import Client

    with working_in(harbour):
        client = Client.objects.create(first_name="Chloé", last_name="Roy", prefers="none")
    return _staff(harbour, "Ravi", "therapist"), client


@pytest.mark.parametrize("to", ["", "nobody", "nobody@1", "@", "9" * 40])
def test_a_made_up_partner_is_refused(early, late, at_desk, second, first, now, to):
    with pytest.raises(NotFromHere):
        swap(early, late, at_desk, now, to=to)
    assert times(early, late) == [second, first]


def test_who_has_not_said_when_they_come_is_not_put_later(early, late, at_desk, now):
    Visit.objects.filter(pk=late.pk).update(late_until=None)
    with pytest.raises(NotFromHere):
        swap(early, late, at_desk, now)


def test_who_is_not_here_is_never_asked_to_come_earlier(
    here, luc, late, joon, at_desk, second, now
):
    at_home = book_for(luc, joon, second)
    with pytest.raises(NotFromHere):
        swap(at_home, late, at_desk, now)
    assert times(at_home) == [second]


def post(web, early, late):
    given = {"move": "swap", "to": seen(late), "version": early.version}
    return web.post(f"/today/move/{early.pk}/", given, follow=True)


def test_the_board_offers_it_and_carries_it_out(web, sign_in, dee, early, late, first, second, now):
    sign_in(web, dee)
    work_out(now)
    page = web.get("/today/").content.decode()
    assert "Let Luc go before Amara, who is asked to come at 11:00." in page
    assert seen(late) in page
    done = post(web, early, late)
    assert done.status_code == 200
    assert "Let Luc go before" not in done.content.decode()
    assert times(early, late) == [first, second]


def test_the_board_does_not_offer_it_once_she_is_here(web, sign_in, dee, early, late, at_desk, now):
    sign_in(web, dee)
    work_out(now)
    assert "go before" in web.get("/today/").content.decode()
    check_in(Visit.objects.get(pk=late.pk), by=at_desk, channel=Channel.DESK, now=now)
    assert "go before" not in web.get("/today/").content.decode()


def test_a_faster_desk_is_named_and_nothing_is_changed(
    web, sign_in, dee, early, late, at_desk, first, second, now
):
    call(Visit.objects.get(pk=early.pk), by=at_desk, now=now)
    answer = post(sign_in(web, dee), early, late)
    assert answer.status_code == 409
    assert "Nothing was changed" in answer.content.decode()
    assert times(early, late) == [second, first]


def test_the_other_clinic_swaps_nobody(web, sign_in, charlie, early, late, first, second):
    assert post(sign_in(web, charlie), early, late).status_code == 404
    assert times(early, late) == [second, first]


def test_nobody_of_another_clinic_is_swapped_with(
    early, late, hillside, charlie, amara, at_desk, now
):
    from conftest import _staff

    from alongside.people.models import Client

    with working_in(hillside):
        client = Client.objects.create(first_name="Sam", last_name="Roy", prefers="none")
    theirs = book_for(client, _staff(hillside, "Mona", "therapist"), late.booked_at)
    with pytest.raises(NotFromHere):
        swap(early, theirs, at_desk, now)


def test_a_trainer_and_a_stranger_swap_nobody(web, sign_in, noor, early, late, first, second):
    assert post(web, early, late).status_code == 403
    noor.role = "trainer"
    noor.save()
    assert post(sign_in(web, noor), early, late).status_code == 403
    assert times(early, late) == [second, first]
    assert Visit.objects.get(pk=early.pk).state == State.HERE
