"""Deadlines that a test can wait for."""

import pytest

from alongside.site import connection
from alongside.site.tests.connection.raw import DEADLINE


@pytest.fixture(autouse=True)
def short_deadlines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "RECEIVE", DEADLINE)
    monkeypatch.setattr(connection, "TAKE", DEADLINE)
