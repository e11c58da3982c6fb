"""Services by needs: the worked example, the property that nothing else counts, and the speed."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.matching import Need, Service, covers, match
from alongside.rules.needs import NEEDS, words_for

CLIENT = (
    Need(code="d540", severity=3, importance=9),
    Need(code="d640", severity=2, importance=5),
    Need(code="d850", severity=2, importance=8),
    Need(code="b152", severity=2, importance=7),
    Need(code="e155", severity=3, importance=6),
)
OFFERED = (
    Service(id="daily", covers=("d5", "d6")),
    Service(id="home", covers=("e155", "e115")),
    Service(id="work", covers=("d850", "d845")),
    Service(id="coping", covers=("b152", "d240")),
)
CODES = st.sampled_from([need.code for need in NEEDS])
SOME_NEEDS = st.lists(
    st.builds(
        Need,
        code=CODES,
        severity=st.integers(0, 4).map(float),
        importance=st.integers(0, 10).map(float),
    ),
    max_size=12,
)
SOME_SERVICES = st.lists(
    st.tuples(
        st.lists(st.one_of(CODES, CODES.map(lambda c: c[:2]), CODES.map(lambda c: c + "0"))),
        st.integers(0, 30),
    ),
    max_size=10,
).map(
    lambda rows: [
        Service(id=str(place), covers=tuple(tags), wait_days=float(wait))
        for place, (tags, wait) in enumerate(rows)
    ]
)


def test_the_worked_example_to_the_digit() -> None:
    whole = match(CLIENT, OFFERED)
    assert whole.total == pytest.approx(8.5)
    assert [round(100 * share, 1) for share in whole.alone] == [43.5, 21.2, 18.8, 16.5]
    assert round(100 * whole.coverage, 1) == 100.0
    two = match(CLIENT, OFFERED, most=2)
    assert [offer.service.id for offer in two.offers] == ["daily", "home"]
    assert round(100 * two.coverage, 1) == 64.7
    assert two.uncovered == ("d850", "b152")


@pytest.mark.parametrize(
    ("tag", "code", "how_far"),
    [("d540", "d540", 1), ("d5", "d540", 1), ("d", "d540", 1), ("d5400", "d540", 0.5),
     ("d550", "d540", 0), ("b5", "d540", 0), ("d54", "d540", 1)],
)  # fmt: skip
def test_how_far_a_tag_covers(tag: str, code: str, how_far: float) -> None:
    assert covers(tag, code) == how_far


def test_ties_go_to_the_shorter_wait() -> None:
    slow, quick = (
        Service(id="slow", covers=("d540",), wait_days=30),
        Service(id="quick", covers=("d540",), wait_days=2),
    )
    assert match(CLIENT, [slow, quick]).offers[0].service.id == "quick"


def test_no_needs_or_no_services_is_no_offer() -> None:
    assert match([], OFFERED).offers == ()
    assert match(CLIENT, []).uncovered == ("d540", "e155", "d850", "b152", "d640")
    nothing = [Need(code="d540", severity=0, importance=9)]
    assert match(nothing, OFFERED).coverage == 0.0


@given(SOME_NEEDS, SOME_SERVICES)
def test_coverage_is_what_it_says(needs: list[Need], services: list[Service]) -> None:
    found = match(needs, services)
    chosen = [offer.service for offer in found.offers]
    covered = sum(
        need.weight
        * max((covers(tag, need.code) for one in chosen for tag in one.covers), default=0)
        for need in needs
    )
    total = sum(need.weight for need in needs)
    assert found.coverage == pytest.approx(covered / total if total else 0.0, abs=1e-9)
    assert sum(offer.adds for offer in found.offers) == pytest.approx(found.coverage, abs=1e-9)
    adds = [offer.adds for offer in found.offers]
    assert all(first >= later - 1e-9 for first, later in pairwise(adds))


@given(SOME_NEEDS, SOME_SERVICES, st.randoms())
def test_the_order_of_needs_changes_nothing(needs, services, chance) -> None:  # type: ignore[no-untyped-def]
    mixed = list(needs)
    chance.shuffle(mixed)
    one, other = match(needs, services), match(mixed, services)
    assert one.coverage == pytest.approx(other.coverage)
    assert [offer.service.id for offer in one.offers] == [o.service.id for o in other.offers]


def test_who_somebody_is_cannot_be_said() -> None:
    assert not {"diagnosis", "age", "payer", "segment"} & set(Need.__slots__)
    assert not {"diagnosis", "age", "payer", "segment"} & set(Service.__slots__)


def test_two_thousand_services_for_eighty_needs_in_fifty_milliseconds() -> None:
    needs = [
        Need(code=asked.code, severity=place % 5, importance=place % 11)
        for place, asked in enumerate(NEEDS[:80])
    ]
    services = [
        Service(id=str(n), covers=(NEEDS[n % 106].code, NEEDS[(7 * n) % 106].code[:2]))
        for n in range(2000)
    ]
    spent = []
    for _ in range(3):
        before = time.process_time()
        match(needs, services)
        spent.append(time.process_time() - before)
    assert min(spent) <= 0.05


def test_every_need_has_both_languages() -> None:
    assert len({need.code for need in NEEDS}) == len(NEEDS) == 106
    assert all(need.en and need.fr for need in NEEDS)
    assert words_for("d540", "fr") == "s'habiller"
    assert words_for("d999", "en") == "d999"
