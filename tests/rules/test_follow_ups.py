"""Who should be called, as a table; each reason with what takes it away."""

from datetime import date, timedelta

import pytest

from alongside.rules.follow_ups import Reason, Situation, Why, reasons

TODAY = date(2026, 11, 24)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def whys(**known: date) -> list[str]:
    return [one.why.value for one in reasons(Situation(**known), today=TODAY)]


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({}, []),
        ({"missed_on": ago(1)}, ["missed"]),
        ({"missed_on": ago(0)}, ["missed"]),
        ({"missed_on": ago(90)}, ["missed"]),
        ({"missed_on": ago(91)}, []),
        ({"missed_on": ago(9), "next_on": TODAY}, []),
        ({"missed_on": ago(9), "here_on": ago(2)}, []),
        ({"missed_on": ago(9), "here_on": ago(10)}, ["missed"]),
        ({"missed_on": ago(9), "called_on": ago(9)}, []),
        ({"missed_on": ago(9), "called_on": ago(10)}, ["missed"]),
        ({"called_off_on": ago(2)}, ["called_off"]),
        ({"called_off_on": ago(2), "missed_on": ago(8)}, ["missed", "called_off"]),
        ({"goals_since": ago(60), "here_on": ago(21)}, []),
        ({"goals_since": ago(60), "here_on": ago(22)}, ["silent"]),
        ({"goals_since": ago(60), "here_on": ago(22), "next_on": TODAY}, []),
        ({"goals_since": ago(60), "here_on": ago(50), "called_on": ago(21)}, []),
        ({"goals_since": ago(60), "here_on": ago(50), "called_on": ago(22)}, ["silent"]),
        ({"goals_since": ago(60), "called_on": ago(3)}, []),
        ({"goals_since": ago(22)}, ["silent"]),
        ({"goals_since": ago(21)}, []),
        # Nobody who works on no goal is asked why they stay away: they are done.
        ({"here_on": ago(300)}, []),
        ({"stalled_since": ago(43)}, ["stalled"]),
        # A visit that is booked does not move a goal.
        ({"stalled_since": ago(43), "next_on": TODAY}, ["stalled"]),
    ],
)
def test_who_comes_up_and_who_does_not(known, found):
    assert whys(**known) == found


def test_since_when_is_when_they_were_last_here_and_not_when_we_called():
    known = Situation(goals_since=ago(80), here_on=ago(70), called_on=ago(30))
    assert reasons(known, today=TODAY) == (Reason(why=Why.SILENT, since=ago(70)),)


def test_the_longest_comes_first():
    known = Situation(missed_on=ago(5), goals_since=ago(99), here_on=ago(40))
    assert [one.since for one in reasons(known, today=TODAY)] == [ago(40), ago(5)]
