"""What Amara said, and what Harbour Street offers."""

import pytest

from alongside.clinics.current import working_in
from alongside.needs.actions.say import say
from alongside.needs.models import Service


@pytest.fixture
def amara_in(web, amara, own_page):
    """Amara, signed in, reading English today."""
    web.cookies["alongside-language"] = "en"
    return own_page(web, amara)


@pytest.fixture
def dressing(amara, acting, harbour, now):
    """Dressing is very hard for Amara, she says, and it matters."""
    with working_in(harbour):
        return say(
            amara,
            "d540",
            performance=3,
            importance=9,
            words="buttons take me ages",
            by=acting.client(amara),
            now=now,
        )


@pytest.fixture
def daily_living(harbour):
    """A group that helps with washing, dressing and the household."""
    with working_in(harbour):
        return Service.objects.create(
            name="Daily-living group", kind="group", covers=["d5", "d6"], wait_days=14
        )


@pytest.fixture
def work(harbour):
    """Something that helps with work only."""
    with working_in(harbour):
        return Service.objects.create(name="Back to work", covers=["d850", "d845"])
