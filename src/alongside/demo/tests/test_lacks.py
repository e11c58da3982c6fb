"""What is hard for the demo's clients is of our list, and the clinic has something for it."""

from alongside.demo.lacks import HELPS, LACKS
from alongside.rules.matching import Need, Service, match
from alongside.rules.needs import BY_CODE, NEEDS


def test_everything_is_of_our_list():
    assert {one.code for one in LACKS} <= set(BY_CODE)
    chapters = {one.code[:2] for one in NEEDS}
    assert {code for one in HELPS for code in one.covers} <= set(BY_CODE) | chapters


def test_something_fits_and_something_stays_uncovered():
    services = [Service(id=one.name, covers=one.covers) for one in HELPS]
    own = [one for one in LACKS if one.who == "Amara" and not one.helps]
    needs = [Need(code=one.code, severity=one.performance, importance=10) for one in own]
    found = match(needs, services)
    assert found.offers
    assert found.uncovered == ("b280",)
