"""However many sign in at once, few are hashed at once: a small machine stays a machine."""

import threading
import time
from contextlib import contextmanager

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from alongside.people import hashers

MANY = 12


@pytest.fixture
def most_at_once(monkeypatch):
    """Watch the hashing itself: how many were at it at the same time."""
    guard, now_at_it, most = threading.Lock(), [0], [0]

    def hashing(self, password, encoded):
        with guard:
            now_at_it[0] += 1
            most[0] = max(most[0], now_at_it[0])
        time.sleep(0.02)
        with guard:
            now_at_it[0] -= 1
        return True

    monkeypatch.setattr(Argon2PasswordHasher, "verify", hashing)
    return lambda: most[0]


def sign_in_together():
    encoded = make_password("tea before the first visit")
    threads = [
        threading.Thread(target=check_password, args=("a guess", encoded)) for _ in range(MANY)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def test_a_dozen_at_once_are_hashed_two_by_two(most_at_once):
    sign_in_together()
    assert most_at_once() == hashers.AT_ONCE


def test_without_the_turns_a_dozen_are_hashed_at_once(most_at_once, monkeypatch):
    """The negative control."""

    @contextmanager
    def no_turn():
        yield

    monkeypatch.setattr(hashers, "in_turn", no_turn)
    sign_in_together()
    assert most_at_once() > hashers.AT_ONCE


def test_what_is_kept_is_argon2_for_a_small_machine():
    kept = make_password("tea before the first visit")
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("tea before the first visit", kept)
    assert not check_password("tea after the first visit", kept)
