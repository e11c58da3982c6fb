"""The microphone: on some pages of one's own, where the clinic lets people talk; nowhere else."""

import pytest

from alongside.access.policy import POLICY
from alongside.people.actors import OWN

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


def microphone(answer) -> str:
    """What a page may do with it."""
    policy = dict(one.split("=") for one in answer["Permissions-Policy"].split(", "))
    return policy["microphone"]


def test_only_pages_of_ones_own_may_be_talked_to():
    talked_to = {name: row for name, row in POLICY.items() if row.talks}
    assert talked_to
    assert [name for name, row in talked_to.items() if not row.read <= OWN] == []


def test_amara_may_talk_about_her_goals_and_not_to_her_other_pages(web, amara, own_page):
    own_page(web, amara)
    goals = web.get("/mine/goals/new/")
    assert microphone(goals) == "(self)"
    assert "data-talk-button" in goals.content.decode()
    assert microphone(web.get("/mine/")) == "()"


def test_a_clinic_that_switches_it_off_has_no_trace_of_it(web, amara, own_page, harbour):
    own_page(web, amara)
    harbour.may_talk = False
    harbour.save()
    goals = web.get("/mine/goals/new/")
    assert microphone(goals) == "()"
    assert "data-talk-button" not in goals.content.decode()


def test_staff_and_strangers_have_no_microphone(web, sign_in, joon, amara):
    assert microphone(web.get("/sign-in/")) == "()"
    sign_in(web, joon)
    assert microphone(web.get(f"/people/{amara.pk}/goals/")) == "()"


def test_noor_switches_it_off(web, sign_in, noor, harbour):
    sign_in(web, noor)
    page = web.get("/settings/clinic/")
    sent = {
        name: value
        for name, value in page.context["form"].initial.items()
        if name != "may_talk" and value is not None
    }
    assert web.post("/settings/clinic/", sent).status_code == 302
    harbour.refresh_from_db()
    assert harbour.may_talk is False
