"""The plan adapts: every change carries its reason, its author and the client's agreement."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client as Browser

from alongside.clinics.current import working_in
from alongside.goals.actions import in_our_words, steps
from alongside.goals.actions._change import NoReason, Reason
from alongside.goals.actions._note import NotTheirs
from alongside.goals.actions.answer import answer_change
from alongside.goals.actions.decide import agree, reach, set_aside, take_up_again
from alongside.goals.actions.in_our_words import put_in_our_words, set_ladder
from alongside.goals.actions.steps import add_step, drop_step
from alongside.goals.actions.write import write_anew, write_goal
from alongside.goals.models import Change, Goal, Step, What
from alongside.goals.queries.changes import refused_of, waiting_of
from alongside.goals.tests.test_actions import LADDER

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
WHY = "The pot is too heavy just now."
BECAUSE = Reason(why=WHY)
TOGETHER = Reason(why=WHY, agreed=True)


@pytest.fixture
def by_joon(joon, acting):
    """What every change of Joon's is called with."""
    return {"staff": joon, "by": acting.staff(joon)}


@pytest.fixture
def proposed(cooking, joon, acting, here, now):
    """A step that Joon added; Amara has not said what she thinks of it."""
    add_step(cooking, words="Use the small pot", reason=BECAUSE, by=acting.staff(joon), now=now)
    return Change.objects.get(what=What.STEP)


# --- every way a plan can change ---


def staff_changes(goal, by_joon, now, reason):
    """Each thing that staff can change of a plan, with a reason or without."""
    by = {"by": by_joon["by"], "now": now}
    yield What.STEP, lambda: add_step(goal, words="Stir", reason=reason, **by)
    yield What.NO_STEP, lambda: drop_step(Step.objects.last(), reason=reason, **by)
    yield (
        What.OUR_WORDS,
        lambda: put_in_our_words(goal, words="d630", reason=reason, **by_joon, now=now),
    )
    yield (
        What.LADDER,
        lambda: set_ladder(goal, dict(LADDER), version=0, reason=reason, **by_joon, now=now),
    )


def test_each_change_of_staff_has_a_reason_an_author_and_waits_for_her_word(
    cooking, amara, by_joon, here, now
):
    for what, change in staff_changes(cooking, by_joon, now, BECAUSE):
        change()
        kept = Change.objects.filter(what=what).get()
        assert (kept.why, kept.by, kept.by_client) == (WHY, "Joon", False), what
        assert (kept.agreed_at, kept.declined_at) == (None, None), what
    assert len(waiting_of(amara.pk)) == 4


def test_without_a_reason_nothing_is_changed(cooking, amara, acting, by_joon, here, now):
    add_step(cooking, words="Peel", by=acting.client(amara), now=now)
    before = Change.objects.count()
    for what, change in staff_changes(cooking, by_joon, now, Reason(why="  ")):
        with pytest.raises(NoReason), transaction.atomic():
            change()
        assert Change.objects.count() == before, what
    assert Step.objects.filter(dropped_at=None).count() == 1
    assert not cooking.wordings.exists()
    assert not hasattr(Goal.objects.get(pk=cooking.pk), "ladder")


def test_a_yes_that_is_said_beside_us_is_noted_by_whom(cooking, by_joon, here, now):
    for what, change in staff_changes(cooking, by_joon, now, TOGETHER):
        change()
        kept = Change.objects.filter(what=what).get()
        assert (kept.agreed_at, kept.answered_by) == (now, "Joon")


def test_what_she_changes_herself_has_her_agreement(cooking, amara, acting, here, now):
    by = {"by": acting.client(amara), "now": now}
    add_step(cooking, words="Peel", **by)
    drop_step(Step.objects.get(), **by)
    set_aside(cooking, why="my sister is ill", **by)
    take_up_again(cooking, **by)
    reach(cooking, **by)
    take_up_again(cooking, **by)
    new = write_anew(
        cooking, words="Soup", why="", reach="task", meaning="", changed="one pot is enough", **by
    )
    kept = list(Change.objects.filter(goal=cooking).values_list("what", "why", "by_client"))
    assert kept == [
        ("step", "", True),
        ("no_step", "", True),
        ("aside", "my sister is ill", True),
        ("taken_up", "", True),
        ("reached", "", True),
        ("taken_up", "", True),
        ("reworded", "one pot is enough", True),
    ]
    last = Change.objects.get(goal=new)
    assert (last.was, last.now, last.agreed_at) == (cooking.words, "Soup", now)
    assert not waiting_of(amara.pk)


def test_every_action_that_writes_a_plan_keeps_its_change():
    """What is added here later has to be thought of: these modules call `keep`, each of them."""
    import ast
    import inspect

    from alongside.goals.actions import decide, write

    unkept = {"agree", "do_step", "undo_step", "say_level", "write_goal"}
    for module in (decide, steps, in_our_words, write):
        tree = ast.parse(inspect.getsource(module))
        for one in tree.body:
            if isinstance(one, ast.FunctionDef) and not one.name.startswith("_"):
                calls = {
                    call.func.id
                    for call in ast.walk(one)
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
                }
                # A yes and the writing stand on the goal itself; a level and a step that is done
                # are how it goes, not the plan.
                assert ("keep" in calls) is (one.name not in unkept), one.name


def test_the_database_keeps_what_was_changed(proposed, amara, acting, here, now):
    for field, value in {"why": "x", "now": "x", "was": "x", "by": "x", "by_client": True}.items():
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            Change.objects.filter(pk=proposed.pk).update(**{field: value})
    # The control: the answer is added.
    assert answer_change(proposed, agrees=True, by=acting.client(amara), now=now)


def test_the_database_takes_no_change_of_ours_without_a_reason(cooking, here, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.create(goal=cooking, what=What.STEP, at=now, by="Joon")


# --- her answer ---


def test_she_says_yes_once(proposed, amara, acting, now):
    assert answer_change(proposed, agrees=True, by=acting.client(amara), now=now)
    assert not answer_change(proposed, agrees=False, by=acting.client(amara), now=now)
    proposed.refresh_from_db()
    assert (proposed.agreed_at, proposed.declined_at, proposed.answered_by) == (now, None, "Amara")


def test_a_step_that_she_does_not_want_is_dropped_at_once(proposed, amara, acting, here, now):
    answer_change(proposed, agrees=False, by=acting.client(amara), now=now)
    assert Step.objects.get().dropped_at == now
    assert list(Change.objects.values_list("what", "by")) == [
        ("step", "Joon"),
        ("no_step", "Amara"),
    ]
    # Settled by itself: nothing is left to talk about.
    assert refused_of(amara.pk) == []


def test_a_no_to_our_words_is_talked_about_until_they_are_changed(
    cooking, amara, by_joon, acting, here, now
):
    put_in_our_words(cooking, words="d630", reason=BECAUSE, **by_joon, now=now)
    answer_change(waiting_of(amara.pk)[0], agrees=False, by=acting.client(amara), now=now)
    assert [one.what for one in refused_of(amara.pk)] == [What.OUR_WORDS]
    put_in_our_words(cooking, words="Cooks a meal", reason=TOGETHER, **by_joon, now=now)
    assert refused_of(amara.pk) == []


def test_nobody_else_answers(proposed, amara, luc, joon, close_to, acting, here, now):
    from alongside.people.actors import of_close_one

    watches = of_close_one(close_to(amara, "Ana", rights=["goals"]))
    for by in (acting.client(luc), acting.staff(joon), watches):
        with pytest.raises(NotTheirs):
            answer_change(proposed, agrees=True, by=by, now=now)
    acts = of_close_one(close_to(amara, "Luc", rights=["goals"], may_act=True))
    assert answer_change(proposed, agrees=True, by=acts, now=now)
    assert Change.objects.get().answered_by == "Luc"


def test_the_other_clinic_sees_no_change(proposed, amara, hillside):
    with working_in(hillside):
        assert not Change.objects.exists()
        assert waiting_of(amara.pk) == []


# --- the pages ---


def test_amara_reads_what_joon_changed_and_why_and_answers(amara_in, cooking, proposed, harbour):
    there = f"/mine/goals/{cooking.pk}/"
    for path in ("/mine/goals/", there):
        page = amara_in.get(path).content.decode()
        assert "Joon changed something" in page
        assert WHY in page
    assert "We changed something" in amara_in.get("/mine/").content.decode()
    sent = {"change": str(proposed.pk), "do": "yes"}
    assert amara_in.post(f"{there}answer/", sent).status_code == 303
    page = amara_in.get(there).content.decode()
    assert "Joon changed something" not in page
    assert "Amara said yes." in page.partition('id="history"')[2]
    assert "We changed something" not in amara_in.get("/mine/").content.decode()


def test_another_clients_change_is_not_there(
    web, own_page, luc, amara_in, cooking, proposed, acting, harbour, now
):
    with working_in(harbour):
        luc.email = "luc@example.org"
        luc.save()
        own = write_goal(luc, words="Carry", agrees=True, by=acting.client(luc), now=now)
    lucs = own_page(Browser(), luc)
    sent = {"change": str(proposed.pk), "do": "yes"}
    for goal in (cooking.pk, own.pk):
        assert lucs.post(f"/mine/goals/{goal}/answer/", sent).status_code == 404
    for wrong in ({"change": "x", "do": "yes"}, {**sent, "do": "perhaps"}, {}):
        assert amara_in.post(f"/mine/goals/{cooking.pk}/answer/", wrong).status_code == 404
    with working_in(harbour):
        assert waiting_of(cooking.client_id) == [proposed]


def test_joon_says_why_and_reads_the_history(web, sign_in, joon, amara, cooking, harbour):
    sign_in(web, joon)
    there = f"/people/{amara.pk}/goals/{cooking.pk}/"
    sent = {"do": "step", "words": "Use the small pot"}
    answer = web.post(there, sent)
    assert answer.status_code == 422
    assert 'name="words" value="Use the small pot"' in answer.content.decode()
    assert web.post(there, {**sent, "why": WHY}).status_code == 303
    with working_in(harbour):
        step = Step.objects.get()
    page = web.get(there).content.decode().partition('id="history"')[2]
    assert WHY in page
    assert "Waits for a yes." in page
    assert page.index("Use the small pot") < page.index("Written")
    sent = {"do": "drop", "step": str(step.pk), "why": "She has no small pot.", "agreed": "on"}
    assert web.post(there, sent).status_code == 303
    page = web.get(there).content.decode().partition('id="history"')[2]
    assert "Agreed together, noted by Joon." in page
    assert "<s>Use the small pot</s>" in page


def test_what_she_says_no_to_stands_on_the_page_of_the_visit(
    web, sign_in, joon, amara, cooking, by_joon, acting, amaras_visit, harbour, now
):
    with working_in(harbour):
        put_in_our_words(cooking, words="d630", reason=BECAUSE, **by_joon, now=now)
        answer_change(waiting_of(amara.pk)[0], agrees=False, by=acting.client(amara), now=now)
    sign_in(web, joon)
    page = web.get(f"/today/visit/{amaras_visit.pk}/").content.decode()
    assert "They said no to this: talk about it" in page


def test_the_ladder_as_it_was_stays_readable(
    web, sign_in, joon, cooking, amara, by_joon, harbour, now
):
    with working_in(harbour):
        set_ladder(cooking, dict(LADDER), version=0, reason=BECAUSE, **by_joon, now=now)
        set_ladder(
            cooking, LADDER | {"hoped": "a meal for two"}, version=1, reason=BECAUSE, **by_joon,
            now=now,
        )  # fmt: skip
        last = Change.objects.last()
        assert "0 a meal for four" in last.was
        assert "0 a meal for two" in last.now
        assert "−1 a soup (where it starts)" in last.now
        assert "Importance 3 of 3, difficulty 2 of 3" in last.now
    sign_in(web, joon)
    page = web.get(f"/people/{amara.pk}/goals/{cooking.pk}/").content.decode()
    assert "a meal for four" in page.partition('id="history"')[2]


def test_a_goal_that_was_agreed_to_later_says_so(amara, joon, acting, amara_in, harbour, now):
    with working_in(harbour):
        goal = write_goal(amara, words="Walk", agrees=False, by=acting.staff(joon), now=now)
        agree(goal, by=acting.client(amara), now=now + timedelta(hours=1))
    page = amara_in.get(f"/mine/goals/{goal.pk}/").content.decode().partition('id="history"')[2]
    assert page.index("Said yes") < page.index("Written")


def test_a_long_history_costs_no_more_questions(
    amara_in, cooking, amara, acting, harbour, now, django_assert_max_num_queries
):
    with working_in(harbour):
        for number in range(20):
            add_step(cooking, words=f"Step {number}", by=acting.client(amara), now=now)
    amara_in.get(f"/mine/goals/{cooking.pk}/")
    with django_assert_max_num_queries(10):
        amara_in.get(f"/mine/goals/{cooking.pk}/")
