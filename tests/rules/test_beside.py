"""Groups beside each other: sorted only where they differ, and people never."""

from random import Random

from alongside.rules.beside import beside, shares_beside
from alongside.rules.funnel import Stands
from alongside.rules.outcomes import Course, Figures, Turn, figures


def a_group(rng: Random, n: int, truth: float) -> Figures:
    gains = [rng.gauss(truth, 2) for _ in range(n)]
    found = figures(
        [
            Course(
                person=place,
                before=4,
                now=4 + gain,
                gain=gain,
                turn=Turn.BETTER if gain >= 2 else Turn.NEITHER,
            )
            for place, gain in enumerate(gains)
        ]
    )
    assert found is not None
    return found


def some(seed: str, *truths: float, n: int = 40) -> dict[str, Figures]:
    rng = Random(seed)
    return {f"{place}": a_group(rng, n, truth) for place, truth in enumerate(truths)}


def test_noise_is_never_sorted_and_a_difference_is():
    known = some("noise", 2, 2, 2, 2)
    found = beside(known, may_sort=True)
    assert not found.differ
    assert found.order == tuple(known)
    # The negative control: these do differ, and stand in the order of what is known of them.
    known = some("apart", 0, 4, 2)
    found = beside(known, may_sort=True)
    assert found.differ
    assert found.order == ("1", "2", "0")


def test_people_who_work_here_keep_the_order_of_the_alphabet():
    known = some("apart", 0, 4, 2)
    found = beside(known, may_sort=False)
    assert found.differ
    assert found.order == tuple(known)


def test_few_people_are_drawn_further_than_many():
    rng = Random("few")
    known = {
        "few": a_group(rng, 6, 2),
        "many": a_group(rng, 300, 2),
        "others": a_group(rng, 80, 3),
    }
    kept = {one.name: one.kept for one in beside(known, may_sort=True).family.groups}
    assert kept["few"] < kept["others"] < kept["many"]


def test_two_groups_or_groups_without_any_spread_have_no_picture():
    known = some("two", 2, 3)
    assert beside(known, may_sort=True) is None
    assert shares_beside(known, known["0"].better) is None
    same = [Course(person=n, before=1, now=2, gain=1, turn=Turn.NEITHER) for n in range(6)]
    assert beside({name: figures(same) for name in "abc"}, may_sort=True) is None


def test_shares_stand_in_a_funnel_around_all():
    known = some("funnel", 2, 2, 2, 6, n=60)
    whole = known["0"].better
    found = shares_beside(known, whole)
    assert found.stands["0"] is Stands.WITHIN
    assert found.stands["3"] is Stands.BEYOND
    assert [found.how_many(where) for where in Stands] == [3, 0, 1]
    assert found.differ
    share, low, high = found.drawn["3"]
    assert 0 <= low < share < high <= 1
    # Drawn towards the others: below what was met.
    assert share < known["3"].better.share
