"""Goals of Amara's, made as she makes them."""

import pytest

from alongside.clinics.current import working_in
from alongside.goals.actions.write import write_goal


@pytest.fixture
def amara_in(web, amara, own_page):
    """Amara, signed in, reading English today."""
    web.cookies["alongside-language"] = "en"
    return own_page(web, amara)


@pytest.fixture
def cooking(amara, acting, harbour, now):
    """A goal of Amara's that she agreed to."""
    with working_in(harbour):
        return write_goal(
            amara,
            words="Cook for my family again ",
            why="they come on Sundays",
            meaning="alone",
            agrees=True,
            by=acting.client(amara),
            now=now,
        )
