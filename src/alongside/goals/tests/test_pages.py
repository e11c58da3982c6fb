"""The pages of goals: the client's own, what somebody close sees, and staff's."""

from datetime import timedelta

import pytest

from alongside.clinics.current import working_in
from alongside.goals.actions.rate import rate
from alongside.goals.actions.write import write_goal
from alongside.goals.models import Achievement, Goal, Rating

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
WORDS = "Cook for my family again"


def test_amara_writes_a_goal_and_agrees_to_it(amara_in, harbour):
    sent = {"words": f"  {WORDS}", "why": "", "do": "now", "key": "k1"}
    answer = amara_in.post("/mine/goals/new/", sent)
    assert answer.status_code == 303
    again = amara_in.post("/mine/goals/new/", sent)
    assert again["Location"] == answer["Location"]
    with working_in(harbour):
        goal = Goal.objects.get()
        assert (goal.words, goal.is_active, goal.agreed_by) == (f"  {WORDS}", True, "Amara")


def test_she_may_think_first(amara_in, harbour):
    amara_in.post("/mine/goals/new/", {"words": WORDS, "do": "later"})
    page = amara_in.get("/mine/goals/").content.decode()
    assert "Is this what you want?" in page
    with working_in(harbour):
        goal = Goal.objects.get()
    amara_in.post(f"/mine/goals/{goal.pk}/decide/", {"do": "agree"})
    assert "Working on it" in amara_in.get("/mine/goals/").content.decode()


def test_an_empty_goal_is_refused_in_words(amara_in):
    answer = amara_in.post("/mine/goals/new/", {"words": "   ", "why": "for Luc"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Write what you would like to do." in page
    assert "for Luc" in page


def test_how_it_goes_in_a_sentence_a_picture_and_a_table(
    amara_in, cooking, amara, acting, harbour, now
):
    with working_in(harbour):
        rate(cooking, going=3, happy=2, by=acting.client(amara), now=now - timedelta(days=30))
    answer = amara_in.post(
        f"/mine/goals/{cooking.pk}/how/", {"going": "7", "happy": "8"}, follow=True
    )
    page = answer.content.decode()
    assert "From 3 to 7: that is a step." in page
    assert "It has gone from 3 to 7 out of 10 since 25 October." in page
    assert "<svg" in page
    assert "The same as a table" in page


def test_a_rating_without_a_number_is_asked_again(amara_in, cooking):
    answer = amara_in.post(f"/mine/goals/{cooking.pk}/how/", {"words": "hard today"})
    assert answer.status_code == 422
    assert "hard today" in answer.content.decode()


def test_reached_is_celebrated_with_the_date(amara_in, cooking):
    amara_in.post(f"/mine/goals/{cooking.pk}/decide/", {"do": "reach"})
    page = amara_in.get("/mine/goals/").content.decode()
    assert "Reached on 24 November" in page


def test_steps_achievements_and_the_page_to_keep(amara_in, cooking, harbour):
    there = f"/mine/goals/{cooking.pk}/"
    amara_in.post(f"{there}step/", {"do": "add", "words": "Peel a carrot", "important": "5"})
    amara_in.post("/mine/goals/achieved/", {"words": "I peeled one", "goal": str(cooking.pk)})
    page = amara_in.get(there).content.decode()
    assert "Peel a carrot" in page
    assert "I peeled one" in page
    kept = amara_in.get("/mine/goals/since-we-started/").content.decode()
    assert WORDS in kept
    assert "I peeled one" in kept
    with working_in(harbour):
        assert Achievement.objects.get().goal == cooking


def test_another_clients_goal_is_not_there(web, own_page, luc, cooking, harbour):
    with working_in(harbour):
        luc.email = "luc@example.org"
        luc.save()
    lucs = own_page(web, luc)
    assert lucs.get("/mine/goals/").status_code == 200
    assert WORDS not in lucs.get("/mine/goals/").content.decode()
    for path in ("", "how/", "anew/"):
        assert lucs.get(f"/mine/goals/{cooking.pk}/{path}").status_code == 404
    for path, sent in (("decide/", {"do": "reach"}), ("step/", {"do": "add", "words": "x"})):
        assert lucs.post(f"/mine/goals/{cooking.pk}/{path}", sent).status_code == 404


def test_somebody_close_sees_goals_only_if_they_may(web, own_page, close_to, amara, cooking):
    nothing = close_to(amara, "Luc", rights=[])
    assert own_page(web, nothing).get("/mine/goals/").status_code == 403


def test_somebody_close_who_may_see_them_may_not_act(
    web, own_page, close_to, amara, cooking, harbour
):
    luc = own_page(web, close_to(amara, "Luc", rights=["goals"]))
    page = luc.get("/mine/goals/").content.decode()
    assert WORDS in page
    assert "Tell how it goes" not in page
    assert luc.post(f"/mine/goals/{cooking.pk}/how/", {"going": "9"}).status_code == 403
    with working_in(harbour):
        assert not Rating.objects.exists()


def test_joon_rates_it_and_amaras_page_shows_it(web, sign_in, joon, amara, cooking, own_page):
    sign_in(web, joon)
    there = f"/people/{amara.pk}/goals/{cooking.pk}/"
    assert web.post(there, {"do": "rate", "going": "6"}).status_code == 303
    assert "6" in web.get(there).content.decode()


def test_joon_puts_it_in_our_words_beside_hers(web, sign_in, joon, amara, cooking):
    sign_in(web, joon)
    there = f"/people/{amara.pk}/goals/{cooking.pk}/"
    web.post(there, {"do": "word", "words": "Prepares a warm meal", "why": "For the team."})
    page = web.get(there).content.decode()
    assert page.index(WORDS) < page.index("Prepares a warm meal")


def test_the_front_desk_sees_no_goals_page(web, sign_in, dee, amara, cooking):
    sign_in(web, dee)
    assert web.get(f"/people/{amara.pk}/goals/").status_code == 403
    assert web.get(f"/people/{amara.pk}/goals/{cooking.pk}/").status_code == 403


def test_charlie_sees_nothing(web, sign_in, charlie, noor, amara, cooking):
    sign_in(web, charlie)
    for there in (f"/people/{amara.pk}/goals/", f"/people/{amara.pk}/goals/{cooking.pk}/"):
        assert web.get(there).status_code in (403, 404)


def test_the_desk_says_what_moved_before_they_meet(
    web, sign_in, joon, amara, cooking, amaras_visit, acting, harbour, now
):
    with working_in(harbour):
        rate(cooking, going=3, by=acting.client(amara), now=now - timedelta(days=9))
        rate(cooking, going=4, by=acting.client(amara), now=now - timedelta(days=2))
    sign_in(web, joon)
    page = web.get(f"/today/visit/{amaras_visit.pk}/").content.decode()
    assert "from 3 to 4 of 10" in page
    web.post(f"/people/{amara.pk}/goals/named/", {"goal": str(cooking.pk)})
    assert "from 3 to 4 of 10" not in web.get(f"/today/visit/{amaras_visit.pk}/").content.decode()


def test_many_goals_cost_no_more_questions(
    amara_in, amara, acting, harbour, now, django_assert_max_num_queries
):
    with working_in(harbour):
        for n in range(12):
            made = write_goal(
                amara, words=f"Goal {n}", agrees=True, by=acting.client(amara), now=now
            )
            rate(made, going=n % 10, by=acting.client(amara), now=now)
    amara_in.get("/mine/goals/")
    with django_assert_max_num_queries(12):
        amara_in.get("/mine/goals/")


def test_two_goals_of_a_form_without_a_key_are_two(amara_in, harbour):
    for words in (WORDS, "Walk to the market"):
        assert amara_in.post("/mine/goals/new/", {"words": words}).status_code == 303
    with working_in(harbour):
        assert {one.words for one in Goal.objects.all()} == {WORDS, "Walk to the market"}
