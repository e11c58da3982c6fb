"""Amara told something of each part; one she keeps for Joon."""

import pytest

from alongside.clinics.current import working_in
from alongside.needs.actions.let_see import let_see
from alongside.needs.actions.say import say
from alongside.needs.models import Service
from alongside.needs.tests.who_sees.parts import WORDS
from alongside.rules.needs import Area
from alongside.rules.who_sees import Whom


@pytest.fixture
def told(amara, acting, harbour, now):
    """One thing of each part, in Amara's words."""
    with working_in(harbour):
        for code, words in WORDS.items():
            say(amara, code, performance=3, words=words, by=acting.client(amara), now=now)


@pytest.fixture
def only_joon(amara, joon, acting, harbour, told, now):
    """Amara keeps mind and sleep for Joon."""
    with working_in(harbour):
        return let_see(
            amara,
            Area.MIND,
            whom=Whom.NAMED,
            named=[joon.pk],
            by=acting.client(amara),
            now=now,
        )


@pytest.fixture
def coping(harbour):
    """A group for what is hard at night."""
    with working_in(harbour):
        return Service.objects.create(name="Coping group", kind="group", covers=["b1"])
