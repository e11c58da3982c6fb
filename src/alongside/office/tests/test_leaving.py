"""Whoever leaves is out by the next request: every way in that they had, of every kind there is."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from conftest import NOW, second_step, with_code_app
from django.apps import apps
from django.conf import settings as configured
from django.db import models
from django.test import Client as Browser

from alongside.clinics.current import working_in
from alongside.keys.actions.recovery import new_codes
from alongside.live import stream
from alongside.live.queries import admit, still_open
from alongside.office.actions.staff import deactivate
from alongside.office.actions.staff_links import invite, seat_link
from alongside.people.actors import of_staff
from alongside.people.models import Staff, User
from alongside.visits.actions.feed import make_feed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]
PASSWORD = "tea before the first visit"
SECRET = re.compile(r"digest|secret|token|password|pin\b|session|_code\b|credential|otp|seed")

# What a way in looks like in the database, and how it is tried below.
OPENS = {
    "people.User": "password",
    "people.Staff": "feed",
    "office.StaffLink": "invitation, seat",
    "mfa.Authenticator": "code, recovery code",
    "keys.Pin": "pin",
    "office.SignedIn": "session",
    "sessions.Session": "session",
}
# What looks like one and opens nothing for anybody of the staff: each with its reason.
OPENS_NOTHING = {
    "account.EmailAddress": "django-allauth's own: nothing here writes or reads it",
    "access.Device": "a kiosk or a screen: it belongs to the clinic, not to who added it",
    "access.Link": "a client's",
    "audit.Entry": "the record",
    "audit.Head": "the record",
    "keys.OwnPasskey": "a way to one's own page, and to no staff's",
    "mine.CameIn": "the session of a client, or of somebody close to one",
    "clinics.Clinic": "the code of the poster at the door lists nobody",
}
PIN = "470135"
TYPED = {"email": "joon@example.org", "password": PASSWORD}
Try = Callable[[], bool]


def looks_like_a_way_in(model: type[models.Model]) -> bool:
    """Whether a model belongs to somebody who signs in, or keeps something that looks secret."""
    for one in model._meta.get_fields():
        if isinstance(one, models.ForeignKey) and one.related_model._meta.label == "people.User":
            return True
        if isinstance(
            one, models.CharField | models.TextField | models.JSONField
        ) and SECRET.search(one.name):
            return True
    return False


def found() -> set[str]:
    return {one._meta.label for one in apps.get_models() if looks_like_a_way_in(one)}


def test_every_kind_of_way_in_is_known():
    assert found() - set(OPENS) - set(OPENS_NOTHING) == set(), (
        "Say in OPENS how it is tried after somebody left, or in OPENS_NOTHING why it opens none."
    )
    assert (set(OPENS) | set(OPENS_NOTHING)) - found() == set()


def test_a_new_kind_of_way_in_is_found():
    """The negative control: models that nobody has listed."""

    class Whistle(models.Model):  # noqa: DJ008
        push_token = models.CharField(max_length=10)

        class Meta:
            app_label = "planted"
            managed = False

    class Song(models.Model):  # noqa: DJ008
        title = models.CharField(max_length=10)

        class Meta:
            app_label = "planted"
            managed = False

    try:
        assert looks_like_a_way_in(Whistle)
        assert not looks_like_a_way_in(Song)
    finally:
        apps.all_models.pop("planted")
        apps.clear_cache()


@pytest.fixture
def ways_in(joon, acting, settings) -> dict[str, Try]:
    """Everything by which Joon gets in, each as a question: does it open now?"""
    settings.DEMO = True
    joon.user.set_password(PASSWORD)
    joon.user.save()
    with_code_app(joon)
    codes = iter(new_codes(joon.user, now=NOW))
    with working_in(joon.clinic_id):
        feed = make_feed(joon, by=of_staff(joon), now=NOW)
        invitation = invite(joon, by=of_staff(joon), now=NOW)
        seat = seat_link(joon, now=NOW, lasts=timedelta(hours=1))
    web = Browser()
    assert _signs_in(web)
    locked = Browser()
    assert _signs_in(locked)
    locked.post("/me/pin/", {"pin": PIN, "again": PIN})
    half = Browser()
    half.post("/sign-in/", TYPED)

    def get(path: str) -> Try:
        return lambda: Browser().get(path).status_code == 200

    def post(path: str) -> Try:
        return lambda: Browser().post(path, {"password": PASSWORD}).status_code == 302

    return {
        "password": lambda: Browser().post("/sign-in/", TYPED).status_code == 302,
        "code": lambda: _signs_in(Browser()),
        "recovery code": lambda: _signs_in(Browser(), next(codes)),
        "pin": lambda: _opens_by_pin(locked),
        "half-way in": lambda: half.get("/sign-in/second/").status_code == 200,
        "feed": get(f"/calendar/{feed}.ics"),
        "invitation": get(f"/invitation/{invitation}/"),
        "seat": post(f"/enter/{seat}/"),
        "session": lambda: web.get("/me/").status_code == 200,
        "live page": lambda: web.get("/live/clinic/").status_code == 200,
        "action": lambda: web.post("/me/sign-ins/end/", {"which": "others"}).status_code == 302,
    }


def _signs_in(web: Browser, code: str = "") -> bool:
    """Sign in with the password and a code, and see whether that opened a page."""
    web.post("/sign-in/", TYPED)
    if code:
        web.post("/sign-in/second/", {"code": code})
    elif Authenticator.objects.filter(type="totp").exists():
        second_step(web, User.objects.get(email=TYPED["email"]))
    return web.get("/me/").status_code == 200


def _opens_by_pin(web: Browser) -> bool:
    """Lock the screen, type the PIN, and see whether that opened a page."""
    web.post("/lock/")
    web.post("/unlock/", {"pin": PIN})
    return web.get("/me/").status_code == 200


def opening(ways_in: dict[str, Try]) -> set[str]:
    return {name for name, does_open in ways_in.items() if does_open()}


def leaves(joon, noor):
    with working_in(joon.clinic_id):
        deactivate(joon, by=of_staff(noor), now=NOW)


def test_every_way_that_is_listed_is_tried(ways_in):
    named = {way for ways in OPENS.values() for way in ways.split(", ")}
    assert named - set(ways_in) == set()


def test_until_then_all_of_them_open(ways_in):
    """The positive twin."""
    assert opening(ways_in) == set(ways_in)


def test_after_it_none_of_them_opens(ways_in, joon, noor):
    leaves(joon, noor)
    assert opening(ways_in) == set()


def test_each_is_ended_by_itself_and_not_only_by_who_works_here(ways_in, joon, noor):
    """Somebody who comes back finds nothing of the old open: it is gone, not covered."""
    leaves(joon, noor)
    with working_in(joon.clinic_id):
        Staff.objects.update(is_active=True)
    assert opening(ways_in) == set()


def test_if_only_the_row_were_marked_some_would_open_again(ways_in, joon):
    """The negative control."""
    with working_in(joon.clinic_id):
        for active in (False, True):
            Staff.objects.filter(pk=joon.pk).update(is_active=active)
    assert opening(ways_in) == set(ways_in)


def test_who_works_elsewhere_too_keeps_what_opens_that(ways_in, joon, noor, hillside):
    with working_in(hillside):
        Staff.objects.create(user=joon.user, role="therapist", name="Joon", short_name="Joon")
    leaves(joon, noor)
    assert opening(ways_in) == {"password", "code", "recovery code", "half-way in"}


def test_nobody_of_the_other_clinic_sends_joon_off(web, ways_in, joon, charlie, sign_in):
    with working_in(charlie.clinic_id):
        Staff.objects.update(role="manager")
    sign_in(web, charlie)
    assert web.post(f"/settings/staff/{joon.pk}/send-off/").status_code == 404
    assert opening(ways_in) == set(ways_in)


def test_an_open_stream_is_closed_within_five_seconds(web, joon, noor, sign_in):
    name = configured.SESSION_COOKIE_NAME
    sign_in(web, joon)
    open_now = admit("/live/clinic/", {name: web.cookies[name].value}, now=NOW)
    assert still_open([open_now], now=NOW) == {open_now}
    leaves(joon, noor)
    assert still_open([open_now], now=NOW) == set()
    assert stream.SWEEP < 5, "that is how often every open stream is looked at"


def test_leaving_by_oneself_ends_without_a_bare_error(web, noor, dee, sign_in):
    with working_in(noor.clinic_id):
        Staff.objects.filter(pk=dee.pk).update(role="manager")
    sign_in(web, noor)
    assert web.post(f"/settings/staff/{noor.pk}/send-off/").status_code == 302
    assert web.get("/me/").status_code == 302
