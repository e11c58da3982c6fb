"""A message is tried again three times, later each time, and then a person is told."""

from datetime import timedelta

from alongside.rules.letters.back_off import try_again_after


def test_each_wait_is_longer_and_after_three_there_is_none():
    waits = [try_again_after(attempts) for attempts in (1, 2, 3, 4)]
    assert waits == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), None]
