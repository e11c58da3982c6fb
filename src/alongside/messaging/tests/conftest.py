"""Letters, and channels that only remember."""

from collections.abc import Callable, Iterator

import pytest

from alongside.messaging.actions.queue import Letter
from alongside.messaging.channels.choose import standing_in
from alongside.messaging.channels.memory import MemoryChannel


@pytest.fixture
def letter() -> Callable[..., Letter]:
    """Write a letter; say only what matters to the test."""

    def _letter(**more):
        plain = {
            "template": "reminder",
            "subject": "Votre visite",
            "body": "Bonjour Amara. À demain, 10:30. https://clinic.example/v/abc",
        }
        return Letter(**{**plain, **more})

    return _letter


@pytest.fixture
def email() -> Iterator[MemoryChannel]:
    """Stand in for e-mail."""
    channel = MemoryChannel()
    with standing_in(email=channel):
        yield channel


@pytest.fixture
def sms() -> Iterator[MemoryChannel]:
    """Stand in for text messages."""
    channel = MemoryChannel()
    with standing_in(sms=channel):
        yield channel
