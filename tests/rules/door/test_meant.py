from datetime import time

import pytest

from alongside.rules.door.meant import Expected, the_one_meant

HALF_PAST = time(10, 30)


def expected(key: str, first: str, **more: object) -> Expected:
    return Expected(
        **{"id": key, "called": "", "first": first, "last": "", "mobile": "", "at": HALF_PAST}
        | more
    )


AMARA = expected("a", "Amara", last="Diallo", called="Mara", mobile="+33 6 12 34 56 78")
LUC = expected("l", "Luc", last="Diallo", at=time(11, 15))
SAM_A = expected("s1", "Sam", last="Okoro", mobile="0611111123")
SAM_B = expected("s2", "Sam", last="Petit", mobile="0622222456")
TODAY = (AMARA, LUC, SAM_A, SAM_B)


def found(name: str, at: str = "10:30", more: str = "") -> str | None:
    one = the_one_meant(TODAY, name=name, at=at, more=more)
    return one.id if one else None


@pytest.mark.parametrize(
    "name", ["Amara", "amara", "MARA", "Amara Diallo", "diallo amara", "Mme Diallo"]
)
def test_amara_is_found_by_any_name_she_goes_by(name: str):
    assert found(name) == "a"


@pytest.mark.parametrize(
    ("name", "at"),
    [("Amara", "10:35"), ("Ama", "10:30"), ("", "10:30"), ("Amara", ""), ("%", "10:30")],
)
def test_a_part_of_a_name_or_another_time_finds_nobody(name: str, at: str):
    assert found(name, at) is None


def test_two_of_one_name_at_one_time_look_like_nobody():
    assert found("Sam") is None


@pytest.mark.parametrize(
    ("more", "who"), [("123", "s1"), ("456", "s2"), ("o", "s1"), ("P", "s2"), ("petit", "s2")]
)
def test_one_thing_more_tells_two_people_apart(more: str, who: str):
    assert found("Sam", more=more) == who


@pytest.mark.parametrize("more", ["12", "999", "x", "-"])
def test_what_does_not_fit_finds_nobody(more: str):
    assert found("Sam", more=more) is None


def test_one_thing_more_that_is_wrong_is_not_overlooked():
    assert found("Amara", more="000") is None


def test_no_number_on_file_fits_no_digits():
    assert the_one_meant([LUC], name="Luc", at="11:15", more="123") is None
