"""Who does nothing is signed out, however much their page asks; and nothing a page says helps."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

import alongside
from alongside.access import presence
from alongside.access.address import household, roughly
from alongside.access.policy import POLICY
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.people.actors import ActorKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]
IDLE = {"desk": 60, "therapist": 30, "manager": 30, "trainer": 60}
PAGE = "/me/"
LIVE = "/live/clinic/"
SRC = Path(alongside.__file__).parent


@pytest.fixture
def at_work(web, dee, sign_in):
    """Somebody with this role, who has just opened a page."""

    def _at_work(role):
        dee.role = role
        with working_in(dee.clinic_id):
            dee.save()
        sign_in(web, dee).get(PAGE)
        return web

    return _at_work


@pytest.mark.parametrize(("role", "minutes"), IDLE.items())
def test_each_role_is_signed_out_after_its_own_time(at_work, role, minutes, now):
    web = at_work(role)
    with clock.standing_at(now + timedelta(minutes=minutes - 1)):
        assert web.get(LIVE).status_code == (403 if role == "trainer" else 200)
    with clock.standing_at(now + timedelta(minutes=minutes, seconds=1)):
        assert web.get(LIVE).status_code == 401
        assert web.get(PAGE).status_code == 302


@pytest.mark.parametrize("role", IDLE)
def test_a_clinic_may_shorten_it_and_never_lengthen_it(at_work, role, harbour, now):
    web = at_work(role)
    for chosen, holds in ((timedelta(minutes=10), 10), (timedelta(hours=9), IDLE[role])):
        harbour.stay_idle = chosen
        harbour.save()
        web.get(PAGE)
        with clock.standing_at(now + timedelta(minutes=holds, seconds=1)):
            assert web.get(PAGE).status_code == 302


def test_a_day_that_the_clinic_shortens_is_shorter_for_who_is_in(at_work, harbour, now):
    web = at_work("desk")
    harbour.stay_longest = timedelta(hours=1)
    harbour.save()
    with clock.standing_at(now + timedelta(minutes=50)):
        assert web.get(PAGE).status_code == 200
    with clock.standing_at(now + timedelta(minutes=61)):
        assert web.get(PAGE).status_code == 302


FUZZ = [
    {"QUERY_STRING": said}
    for said in (
        "background=0", "background=false", "background=", "touch=1", "idle_from=9999999999",
        "ends=9999999999", "seen=1", "_method=POST", "next=/me/", "keepalive=1", "active=true",
    )
] + [
    {f"HTTP_{name}": value}
    for name, value in (
        ("X_BACKGROUND", "0"), ("X_FOREGROUND", "1"), ("HX_REQUEST", "true"),
        ("HX_BOOSTED", "true"), ("X_HTTP_METHOD_OVERRIDE", "POST"), ("SEC_FETCH_MODE", "navigate"),
        ("SEC_FETCH_USER", "?1"), ("X_REQUESTED_WITH", "XMLHttpRequest"), ("PURPOSE", "prefetch"),
        ("X_ORIGINAL_URL", "/me/"), ("X_REWRITE_URL", "/me/"), ("X_FORWARDED_URI", "/me/"),
        ("REFERER", "http://testserver/me/"), ("LAST_EVENT_ID", "7"), ("IDLE_FROM", "9999999999"),
    )
]  # fmt: skip


def test_no_header_and_no_parameter_makes_a_live_page_count_as_a_touch(at_work, now):
    web = at_work("desk")
    before = list(Session.objects.values_list())
    with clock.standing_at(now + timedelta(minutes=59)):
        for said in FUZZ:
            answer = web.get(LIVE, **said)
            assert answer.status_code == 200, said
        assert web.get(LIVE, headers={"accept": "text/html"}).status_code == 200
    assert list(Session.objects.values_list()) == before
    with clock.standing_at(now + timedelta(minutes=61)):
        for said in FUZZ:
            assert web.get(LIVE, **said).status_code == 401, said


def test_a_page_that_somebody_opens_does_count(at_work, now):
    """The negative control: the same minutes, by an address that is not marked."""
    web = at_work("desk")
    with clock.standing_at(now + timedelta(minutes=59)):
        web.get(PAGE)
    with clock.standing_at(now + timedelta(minutes=61)):
        assert web.get(LIVE).status_code == 200


def test_without_its_mark_a_live_page_would_keep_one_signed_in(at_work, now, monkeypatch):
    """The negative control: it is the table's mark that holds."""
    from dataclasses import replace

    web = at_work("desk")
    monkeypatch.setitem(POLICY, "live:clinic", replace(POLICY["live:clinic"], background=False))
    with clock.standing_at(now + timedelta(minutes=59)):
        web.get(LIVE)
    with clock.standing_at(now + timedelta(minutes=61)):
        assert web.get(LIVE).status_code == 200


LIVE_PIECE = re.compile(r"hx-get=\"\{% url '([\w:-]+)' %\}\" hx-trigger=\"live")


def own_pieces() -> list[str]:
    """The addresses of one's own page that a page renews by itself, as the templates ask for them.

    Those with a row in the address renew themselves by the same rule.
    """
    texts = [path.read_text() for path in SRC.rglob("templates/**/*.html")]
    asked = {name for text in texts for name in LIVE_PIECE.findall(text)}
    return sorted(name for name in asked if ActorKind.CLIENT in POLICY[name].read)


def test_the_pieces_of_own_pages_are_found():
    assert {"mine:home", "goals:goals", "needs:needs"} <= set(own_pieces())


@pytest.mark.parametrize("piece", ["/today/", "/bookings/"])
def test_a_board_that_renews_itself_for_an_hour_keeps_nobody_signed_in(at_work, piece, now):
    web = at_work("desk")
    for minutes in range(5, 60, 5):
        with clock.standing_at(now + timedelta(minutes=minutes)):
            assert web.get(piece, headers={"HX-Request": "true"}).status_code == 200
    with clock.standing_at(now + timedelta(minutes=61)):
        assert web.get(piece, headers={"HX-Request": "true"}).status_code == 302
        assert web.get(LIVE).status_code == 401


@pytest.mark.parametrize("piece", own_pieces())
def test_no_own_page_that_renews_itself_keeps_anybody_signed_in(piece, web, amara, own_page, now):
    own_page(web, amara).get("/mine/")
    for minutes in (10, 20, 29):
        with clock.standing_at(now + timedelta(minutes=minutes)):
            answer = web.get(reverse(piece), headers={"HX-Request": "true"})
            assert answer.status_code == 200
    with clock.standing_at(now + timedelta(minutes=31)):
        assert web.get(reverse(piece), headers={"HX-Request": "true"}).status_code == 302


def test_whoever_opens_or_sends_something_stays(at_work, now):
    """The negative control: the same board, opened; and a form that its script sends."""
    web = at_work("desk")
    with clock.standing_at(now + timedelta(minutes=59)):
        web.get("/today/")
    with clock.standing_at(now + timedelta(minutes=100)):
        web.post("/here/", headers={"HX-Request": "true"})
    with clock.standing_at(now + timedelta(minutes=150)):
        assert web.get(LIVE).status_code == 200


def test_what_the_live_pages_ask_is_all_marked():
    assert {name for name in POLICY if name.startswith("live:")} <= {
        name for name, row in POLICY.items() if row.background
    }


def test_a_session_that_was_never_touched_ends_all_the_same(at_work, now):
    web = at_work("desk")
    session = web.session
    assert {presence.BEGAN, presence.ENDS, presence.IDLE_FROM} <= set(session.keys())


@pytest.mark.parametrize(
    ("address", "counted", "shown"),
    [
        ("203.0.113.9", "203.0.113.9", "203.0.113.*"),
        ("::ffff:203.0.113.9", "203.0.113.9", "203.0.113.*"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64", "2001:db8:1::*"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64", "2001:db8:1::*"),
        ("not an address", "not an address", ""),
    ],
)
def test_an_address_is_counted_by_its_line_and_shown_without_its_end(address, counted, shown):
    assert household(address) == counted
    assert roughly(address) == shown
