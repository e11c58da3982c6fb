"""How it has changed, for whoever may see it."""

import pytest

from alongside.clinics.current import working_in
from alongside.needs.actions.say import say
from alongside.needs.models import Extent
from alongside.needs.queries import who_sees
from alongside.needs.tests.who_sees.parts import WORDS, hers
from alongside.rules.needs import Area

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


def test_how_it_has_changed_is_seen_by_amara_and_by_joon(
    web, sign_in, own_page, joon, amara, told, acting, harbour, now
):
    with working_in(harbour):
        say(amara, "b280", performance=1, by=acting.client(amara), now=now)
    sign_in(web, joon)
    amaras = hers(amara, own_page)
    for page in (
        amaras.get("/mine/needs/over-time/").content.decode(),
        web.get(f"/people/{amara.pk}/needs/over-time/").content.decode(),
    ):
        assert "easier than at first" in page
        assert page.index("A big problem") < page.index("A small problem")
        assert "dressing" in page.partition("The same as when it was first told")[2]


def test_over_time_luc_sees_his_part_only(
    web, own_page, close_to, amara, told, acting, harbour, now
):
    with working_in(harbour):
        for code in ("b280", "b134"):
            say(amara, code, performance=1, by=acting.client(amara), now=now)
    luc = own_page(web, close_to(amara, "Luc", rights=["needs.body"]))
    page = luc.get("/mine/needs/over-time/").content.decode()
    assert 'id="time-b280"' in page
    assert 'id="time-b134"' not in page
    assert "dressing" not in page


def test_the_pages_cost_the_same_however_much_was_told(
    amara_in, amara, close_to, told, django_assert_max_num_queries
):
    for number in range(6):
        close_to(amara, f"Friend{number}", rights=["needs.body"])
    amara_in.get("/mine/needs/who/")
    with django_assert_max_num_queries(7):
        amara_in.get("/mine/needs/who/")
    amara_in.get("/mine/needs/over-time/")
    with django_assert_max_num_queries(5):
        amara_in.get("/mine/needs/over-time/")


def test_every_reader_of_extents_asks_who_may_see(amara, told, here):
    """What reads rows of needs takes the parts that may be seen, and has no default for them."""
    import inspect

    from alongside.needs.queries import profile

    for name in ("lines_of", "courses_of", "proposals_of", "covered_by", "proposal_of"):
        areas = inspect.signature(getattr(profile, name)).parameters["areas"]
        assert areas.default is inspect.Parameter.empty, name
    assert Extent.objects.count() == len(WORDS)
    assert frozenset(Area) == who_sees.EVERY
