"""A database that is away, or full, is said so wherever a request loses it."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import DatabaseError, OperationalError

from alongside.access.presence import IDLE_FROM
from alongside.access.sessions import SessionStore
from alongside.audit.models import Entry
from alongside.clinics.models import VisitKind
from alongside.site import away
from alongside.visits.models import Visit

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


def lost(*_: object, **__: object) -> None:
    raise OperationalError("server closed the connection unexpectedly")


def full(*_: object, **__: object) -> None:
    raise OperationalError("database or disk is full")


@pytest.fixture
def browser(web):
    """One that gets what a visitor gets, instead of the test's own exception."""
    web.raise_request_exception = False
    return web


PLACES = [
    pytest.param("alongside.access.middleware.asking", id="who asks"),
    pytest.param("alongside.visits.views.board.board_for", id="the view"),
    pytest.param("alongside.access.presence.was_here", id="when they were last here"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("place", PLACES)
def test_a_database_that_is_lost_is_503_with_when_to_try_again(
    browser, sign_in, dee, monkeypatch, place
):
    sign_in(browser, dee)
    monkeypatch.setattr(place, lost)
    answer = browser.get("/today/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "3"
    assert "back in a moment" in answer.content.decode()


@pytest.mark.django_db
def test_a_fault_of_our_own_is_none_of_that(browser, sign_in, dee, monkeypatch):
    """The negative control."""
    sign_in(browser, dee)
    monkeypatch.setattr("alongside.visits.views.board.board_for", lambda *_: 1 / 0)
    assert browser.get("/today/").status_code == 500


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("en", "Tell the front desk"), ("fr", "Prévenez l’accueil")]
)
def test_a_full_disk_is_said_kindly_and_what_to_do(
    browser, sign_in, dee, monkeypatch, language, words
):
    sign_in(browser, dee)
    monkeypatch.setattr("alongside.office.views.clients.add_client", full)
    typed = {"first_name": "Luc", "language": "fr", "prefers": "none"}
    answer = browser.post("/people/new/", typed, headers={"accept-language": language})
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_on_a_full_disk_the_board_is_still_read(browser, sign_in, dee, monkeypatch):
    sign_in(browser, dee)
    monkeypatch.setattr(Session, "save", full)
    assert browser.get("/today/").status_code == 200


@pytest.mark.django_db
def test_what_is_more_than_having_been_here_is_kept_or_it_is_said(monkeypatch):
    kept = SessionStore()
    kept["clinic"] = "a"
    kept.create()
    again = SessionStore(kept.session_key)
    monkeypatch.setattr(Session, "save", full)
    again[IDLE_FROM] = 1.0
    again.save()
    again["clinic"] = "b"
    with pytest.raises(OperationalError):
        again.save()


@pytest.mark.django_db
def test_a_session_that_was_ended_meanwhile_is_none_of_that():
    """The negative control."""
    kept = SessionStore()
    kept["clinic"] = "a"
    kept.create()
    again = SessionStore(kept.session_key)
    again[IDLE_FROM] = 1.0
    kept.delete()
    with pytest.raises(UpdateError):
        again.save()


@pytest.mark.parametrize(
    ("error", "is_full"),
    [
        (OperationalError("database or disk is full"), True),
        (OperationalError("disk I/O error"), True),
        (OperationalError("attempt to write a readonly database"), True),
        (OperationalError("database is locked"), False),
        (DatabaseError("no such column"), False),
        (ValueError("disk is full"), False),
    ],
)
def test_a_full_disk_is_told_from_a_database_that_is_away(error, is_full):
    assert away.cannot_save(error) is is_full


def test_postgresql_says_it_in_a_code():
    class DiskFull(Exception):
        sqlstate = "53100"

    error = OperationalError("could not extend file")
    error.__cause__ = DiskFull()
    assert away.cannot_save(error)


class ThrownOut(Exception):
    sqlstate = "40P01"


@pytest.fixture
def thrown_out(monkeypatch):
    """Let PostgreSQL throw the next bookings out, as many as one says; gives how often it did."""
    from alongside.visits.views import book as page

    times = []

    def throw(many: int) -> list[int]:
        def booked(*given: object, **named: object) -> object:
            if len(times) < many:
                times.append(1)
                raise OperationalError("deadlock detected") from ThrownOut()
            return real(*given, **named)

        real = page.book_visit
        monkeypatch.setattr(page, "book_visit", booked)
        return times

    monkeypatch.setattr("alongside.site.middleware.PAUSES", (0.0, 0.0))
    return throw


@pytest.fixture
def asked(amara, joon, here):
    """What Dee sends to book Amara with Joon at two."""
    kind = VisitKind.objects.get(name="Visit")
    when = {"day": "2026-11-24", "at": "14:00", "key": "once"}
    return {"client": amara.pk, "therapist": joon.pk, "kind": kind.pk, "do": "book", **when}


@pytest.mark.django_db
def test_what_was_thrown_out_is_done_again_and_nobody_sees_it(
    browser, sign_in, dee, thrown_out, asked
):
    times = thrown_out(2)
    answer = sign_in(browser, dee).post("/bookings/new/", asked)
    assert (answer.status_code, len(times)) == (302, 2)
    assert Visit.objects.count() == Entry.objects.filter(verb="visits.book").count() == 1


@pytest.mark.django_db
def test_what_is_thrown_out_again_and_again_is_503_and_no_error(
    browser, sign_in, dee, thrown_out, asked
):
    """The negative control: three in a row are not hidden."""
    times = thrown_out(9)
    answer = sign_in(browser, dee).post("/bookings/new/", asked)
    assert (answer.status_code, answer["Retry-After"], len(times)) == (503, "3", 3)
