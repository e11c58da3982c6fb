from datetime import time

import pytest

from alongside.rules.door.words import fold, times_meant


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("Chloé", "chloe"),
        ("  CHLOE ", "chloe"),
        ("Jean-Pierre", "jean pierre"),
        ("Mme Lefèvre", "lefevre"),
        ("Mrs. O’Neill", "oneill"),
        ("O'Neill", "oneill"),
        ("Cœur", "coeur"),
        ("Łukasz", "lukasz"),
        ("Dr", "dr"),
        ("", ""),
        ("...", ""),
    ],
)
def test_a_name_is_the_same_name_however_it_is_written(written: str, means: str):
    assert fold(written) == means


@pytest.mark.parametrize(
    "written", ["10:30", "10.30", "10h30", "10 h 30", "1030", " 10 30 ", "10:30 am", "10,30"]
)
def test_half_past_ten_is_understood(written: str):
    assert time(10, 30) in times_meant(written)


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("2:30", {2, 14}),
        ("230", {2, 14}),
        ("14:30", {14}),
        ("2:30 pm", {14}),
        ("2.30 p.m.", {14}),
        ("12:30 am", {0}),
        ("12:30 pm", {12}),
    ],
)
def test_an_afternoon_time_may_be_written_as_people_say_it(written: str, hours: set[int]):
    assert times_meant(written) == {time(hour, 30) for hour in hours}


def test_a_whole_hour_needs_no_minutes():
    assert times_meant("14h") == {time(14)}
    assert times_meant("9") == {time(9), time(21)}


@pytest.mark.parametrize(
    "written", ["", "soon", "25:00", "10:75", "13:00 pm", "10:3", "103045", "-1"]
)
def test_what_is_no_time_means_nothing(written: str):
    assert times_meant(written) == frozenset()
