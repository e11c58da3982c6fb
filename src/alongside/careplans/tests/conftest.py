"""A visit of Amara's that took place, and a note on it."""

from datetime import timedelta

import pytest
from conftest import book_for

from alongside.access.actions.links import give_link
from alongside.careplans.actions.write_note import write_note
from alongside.clinics.current import working_in


@pytest.fixture
def amara_in(web, amara, own_page):
    """Amara, signed in, reading English today."""
    web.cookies["alongside-language"] = "en"
    return own_page(web, amara)


@pytest.fixture
def done(amara, joon, now):
    """Amara's visit with Joon a week ago."""
    at = now - timedelta(days=7)
    times = {"arrived_at": at, "started_at": at, "finished_at": at + timedelta(minutes=45)}
    return book_for(amara, joon, at, state="done", **times)


@pytest.fixture
def noted(done, joon, acting, harbour, now):
    """What Joon wrote about it."""
    values = {
        "did": "We cooked a soup.",
        "next_step": "Cut an onion sitting down.",
        "how_client": 7,
        "how_us": 6,
        "explained": "Why one rests before it hurts",
        "said_back": "I stop earlier",
        "understood": "again",
        "setting": "home",
    }
    with working_in(harbour):
        return write_note(
            done, values, staff=joon, by=acting.staff(joon), now=now - timedelta(days=7)
        )


@pytest.fixture
def visit_page(now):
    """The address of a visit, as a letter has it."""

    def _visit_page(visit) -> str:
        with working_in(visit.clinic_id):
            secret = give_link(
                visit.client,
                purpose="visit",
                subject=visit.pk,
                now=now,
                until=now + timedelta(days=40),
            )
        return f"/v/{secret}/"

    return _visit_page
