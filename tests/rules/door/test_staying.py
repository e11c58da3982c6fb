"""How long somebody stays signed in: each role's own figure, which a clinic can only shorten."""

from datetime import timedelta

import pytest

from alongside.rules.door.agents import device_words
from alongside.rules.door.staying import STAYS, stay_of

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("role", "idle"),
    [("desk", 60), ("therapist", 30), ("manager", 30), ("trainer", 60), ("network", 30)],
)
def test_each_role_has_its_own_figure(role, idle):
    assert stay_of(role).idle == idle * MINUTE
    assert stay_of(role).longest == 12 * HOUR


@pytest.mark.parametrize("role", STAYS)
def test_a_clinic_may_shorten_and_never_lengthen(role):
    ours = STAYS[role]
    shorter = stay_of(role, idle=5 * MINUTE, longest=HOUR)
    assert (shorter.idle, shorter.longest) == (5 * MINUTE, HOUR)
    longer = stay_of(role, idle=100 * HOUR, longest=100 * HOUR)
    assert (longer.idle, longer.longest) == (ours.idle, ours.longest)


def test_a_role_that_nobody_thought_of_gets_the_shortest():
    assert stay_of("visitor").idle == 30 * MINUTE


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge, Linux"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/142.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_device_is_told_in_words_of_ours(agent, words):
    assert device_words(agent) == words
