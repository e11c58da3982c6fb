"""Amara waits; she has her link and the desk has its board."""

from datetime import timedelta

import pytest
from conftest import NOW, book_for

from alongside.access.actions.links import give_link
from alongside.clinics.current import working_in
from alongside.visits.actions.check_in import check_in
from alongside.visits.models import Channel


def link_to(visit) -> str:
    with working_in(visit.clinic_id):
        return give_link(
            visit.client,
            purpose="visit",
            subject=visit.pk,
            now=NOW,
            until=NOW + timedelta(days=40),
        )


@pytest.fixture
def link(amaras_visit) -> str:
    """The address of Amara's visit, as her letter has it."""
    return link_to(amaras_visit)


@pytest.fixture
def waiting(amaras_visit, amara, acting, now):
    """Amara has checked in at 10:12."""
    with working_in(amara.clinic_id):
        check_in(amaras_visit, by=acting.client(amara), channel=Channel.PHONE, now=now)
    return amaras_visit


@pytest.fixture
def first_visit(luc, joon):
    """Luc comes for the first time, today at 14:00."""
    return book_for(luc, joon, NOW.replace(hour=14, minute=0), kind="First visit", is_first=True)


@pytest.fixture
def in_english(web):
    """A page in the language of these tests."""
    web.cookies["alongside-language"] = "en"
    return web


@pytest.fixture
def desk(dee, sign_in):
    """Dee's browser."""
    from django.test import Client as Browser

    return sign_in(Browser(), dee)
