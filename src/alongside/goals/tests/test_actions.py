"""What is done about a goal: the right person, the wrong person, the other clinic."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from alongside.audit.models import Entry
from alongside.clinics.current import NoClinic, working_in
from alongside.goals.actions._change import Reason
from alongside.goals.actions._note import GoalIsOver, NotTheirs
from alongside.goals.actions.achieve import name_achievement, name_step, tell_achievement
from alongside.goals.actions.decide import agree, reach, set_aside, take_up_again
from alongside.goals.actions.in_our_words import (
    ChangedMeanwhile,
    put_in_our_words,
    say_level,
    set_ladder,
)
from alongside.goals.actions.rate import OutOfRange, rate
from alongside.goals.actions.steps import add_step, do_step, drop_step, undo_step
from alongside.goals.actions.write import NoWords, write_anew, write_goal
from alongside.goals.models import Goal, Step
from alongside.goals.queries.goals import goals_of, to_name, told_of, unnamed_of
from alongside.goals.queries.ladders import t_of
from alongside.live.models import Pulse

BECAUSE = Reason(why="She asked for it.")
LADDER = {
    "much_more": "a meal for ten", "more": "a meal for six", "hoped": "a meal for four",
    "less": "a soup", "much_less": "nothing yet", "baseline": -1, "important": 3, "difficult": 2,
}  # fmt: skip


@pytest.fixture
def asked(amara, joon, acting, here, now):
    """A goal that Joon wrote down as Amara said it; she has not said yes."""
    return write_goal(
        amara, words="Walk to the market", agrees=True, by=acting.staff(joon), now=now
    )


def test_words_are_kept_as_they_are(cooking):
    assert cooking.words == "Cook for my family again "


def test_the_database_refuses_to_change_them(cooking, here):
    with pytest.raises(DatabaseError), transaction.atomic():
        Goal.objects.filter(pk=cooking.pk).update(words="Improve upper-limb function")
    with pytest.raises(DatabaseError), transaction.atomic():
        Goal.objects.filter(pk=cooking.pk).update(why="insurance asks for it")
    assert Goal.objects.filter(pk=cooking.pk).update(spoken_at=cooking.written_at) == 1


def test_a_goal_that_staff_write_down_waits_for_a_yes(asked, amara, joon, acting, now):
    assert asked.is_asked
    with pytest.raises(NotTheirs):
        agree(asked, by=acting.staff(joon), now=now)
    agree(asked, by=acting.client(amara), now=now)
    agree(asked, by=acting.client(amara), now=now)
    asked.refresh_from_db()
    assert asked.is_active
    assert asked.agreed_by == "Amara"
    assert Entry.objects.filter(verb="goals.agree").count() == 1


def test_nobody_else_decides(cooking, luc, joon, acting, here, now):
    for who in (acting.client(luc), acting.staff(joon)):
        for act in (agree, reach, take_up_again):
            with pytest.raises(NotTheirs):
                act(cooking, by=who, now=now)
        with pytest.raises(NotTheirs):
            set_aside(cooking, why="", by=who, now=now)
    with pytest.raises(NotTheirs):
        rate(cooking, going=3, by=acting.client(luc), now=now)


def test_the_other_clinic_changes_nothing(cooking, charlie, hillside, acting, now):
    with working_in(hillside):
        assert not Goal.objects.exists()
        with pytest.raises((Goal.DoesNotExist, NoClinic)):
            rate(cooking, going=3, by=acting.staff(charlie), now=now)


def test_no_words_no_goal(amara, acting, here, now):
    with pytest.raises(NoWords):
        write_goal(amara, words="  \n", agrees=True, by=acting.client(amara), now=now)


def test_a_changed_mind_keeps_the_old_words(cooking, amara, acting, here, now):
    new = write_anew(
        cooking,
        words="Cook soup",
        why="",
        reach="task",
        meaning="",
        by=acting.client(amara),
        now=now,
    )
    cooking.refresh_from_db()
    assert new.came_from == cooking
    assert new.is_active
    assert cooking.aside_at == now
    assert cooking.words == "Cook for my family again "


def test_ratings_are_added(cooking, amara, joon, acting, here, now):
    rate(cooking, going=3, happy=2, by=acting.client(amara), now=now)
    rate(cooking, going=5, by=acting.staff(joon), now=now + timedelta(days=7))
    told = told_of(Goal.objects.get(pk=cooking.pk))
    assert [one.going for one in told.ratings] == [3, 5]
    assert [one.by_client for one in told.ratings] == [True, False]


def test_a_rating_moves_the_clients_open_page(cooking, amara, joon, acting, here, now):
    def number() -> int:
        return Pulse.objects.get(topic=f"client:{amara.pk}").number

    before = number()
    rate(cooking, going=3, by=acting.staff(joon), now=now)
    assert number() == before + 1


@pytest.mark.parametrize("going", [-1, 11])
def test_only_from_nought_to_ten(cooking, amara, acting, here, now, going):
    with pytest.raises(OutOfRange):
        rate(cooking, going=going, by=acting.client(amara), now=now)


def test_what_is_over_is_not_rated(cooking, amara, acting, here, now):
    reach(cooking, by=acting.client(amara), now=now)
    with pytest.raises(GoalIsOver):
        rate(cooking, going=3, by=acting.client(amara), now=now)
    take_up_again(cooking, by=acting.client(amara), now=now)
    rate(cooking, going=3, by=acting.client(amara), now=now)


def test_what_was_not_agreed_is_not_reached(asked, amara, acting, now):
    with pytest.raises(GoalIsOver):
        reach(asked, by=acting.client(amara), now=now)


def test_steps(cooking, amara, joon, luc, acting, here, now):
    first = add_step(cooking, words="Peel a carrot", important=4, by=acting.client(amara), now=now)
    second = add_step(
        cooking, words="Boil rice", important=9, reason=BECAUSE, by=acting.staff(joon), now=now
    )
    assert told_of(cooking).next_step == second
    do_step(second, by=acting.client(amara), now=now)
    assert told_of(Goal.objects.get(pk=cooking.pk)).next_step == first
    undo_step(Step.objects.get(pk=second.pk), by=acting.client(amara), now=now)
    drop_step(first, by=acting.client(amara), now=now)
    told = told_of(Goal.objects.get(pk=cooking.pk))
    assert told.steps == (second,)
    with pytest.raises(NotTheirs):
        do_step(second, by=acting.client(luc), now=now)


def test_small_things_are_named_once(cooking, amara, joon, acting, here, now):
    told = tell_achievement(amara, words="I peeled a carrot", by=acting.client(amara), now=now)
    rate(cooking, going=3, by=acting.client(amara), now=now)
    rate(cooking, going=4, by=acting.client(amara), now=now + timedelta(days=1))
    assert unnamed_of(amara.pk) == [told]
    assert to_name(goals_of(amara.pk)).rises == ((cooking, 3, 4),)
    later = now + timedelta(days=2)
    name_achievement(told, by=acting.staff(joon), now=later)
    name_step(cooking, by=acting.staff(joon), now=later)
    assert unnamed_of(amara.pk) == []
    assert not to_name(goals_of(amara.pk))


def test_our_words_stand_beside(cooking, joon, acting, here, now):
    put_in_our_words(
        cooking, words="d630", reason=BECAUSE, staff=joon, by=acting.staff(joon), now=now
    )
    assert Goal.objects.get(pk=cooking.pk).words == "Cook for my family again "


def test_the_ladder_gives_the_score(cooking, amara, joon, acting, here, now):
    by = acting.staff(joon)
    ladder = set_ladder(
        cooking, dict(LADDER), version=0, reason=BECAUSE, staff=joon, by=by, now=now
    )
    say_level(ladder, 1.0, staff=joon, by=by, now=now)
    found = t_of(amara.pk)
    assert found is not None
    score, change = found
    assert score.shown == 60.0
    assert change is not None
    assert change.before == 40.0


def test_two_who_change_a_ladder_see_both(cooking, joon, noor, acting, here, now):
    by = acting.staff(joon)
    set_ladder(cooking, dict(LADDER), version=0, reason=BECAUSE, staff=joon, by=by, now=now)
    set_ladder(
        cooking, LADDER | {"hoped": "Joon’s"}, version=1, reason=BECAUSE, staff=joon, by=by, now=now
    )
    with pytest.raises(ChangedMeanwhile) as other:
        set_ladder(
            cooking, LADDER | {"hoped": "Noor’s"}, version=1, reason=BECAUSE, staff=noor,
            by=acting.staff(noor), now=now,
        )  # fmt: skip
    assert other.value.theirs.hoped == "Joon’s"
