"""Amara, with the link to her page."""

import pytest
from conftest import NOW

from alongside.clinics.current import working_in
from alongside.visits.actions.check_in import check_in
from alongside.visits.models import Channel
from alongside.visits.tests.client_page.on_the_page import link_to


@pytest.fixture
def link(amaras_visit) -> str:
    """The address of Amara's visit, as her letter has it."""
    return link_to(amaras_visit)


@pytest.fixture
def in_english(web):
    """Amara's page in the language of these tests."""
    web.cookies["alongside-language"] = "en"
    return web


@pytest.fixture
def waiting(amaras_visit, amara, acting):
    """Amara has checked in at 10:12."""
    with working_in(amara.clinic_id):
        check_in(amaras_visit, by=acting.client(amara), channel=Channel.PHONE, now=NOW)
    return amaras_visit
