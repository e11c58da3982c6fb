"""A row of somebody else's, named in what one may send about oneself, is not there."""

import logging
from collections.abc import Iterator
from uuid import UUID

import pytest

from alongside.clinics.models import Network
from tests.house.canaries import Seeds, sow
from tests.house.crossed import Crossing, about_one, cross, looks_for
from tests.house.sweep import Sweep, may

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]
WHO = ("client", "close_one", "desk", "therapist")


@pytest.fixture
def swept(db) -> Iterator[Sweep]:
    """Two clinics of one network; in the first, two clients who have one of everything."""
    logging.disable(logging.ERROR)
    network = Network.objects.create(name="Two Streets")
    seeds = Seeds()
    here = sow("h", network, seeds, neighbours=True)
    yield Sweep(seeds, (here, sow("s", network, seeds)))
    logging.disable(logging.NOTSET)


def all_crossings(swept: Sweep, only: str = "") -> list[Crossing]:
    return [
        one
        for address in about_one()
        if not only or address.name == only
        for who in WHO
        if may(address, who, "POST")
        for one in cross(swept, address, who)
    ]


def test_the_addresses_are_found():
    found = {one.name: looks_for(one) for one in about_one()}
    assert {"goals:step", "goals:staff-goal", "life:of-client", "needs:answered"} <= set(found)
    assert found["life:life"] == {"end"}
    # "page" is also what leafs through a list; sent as a key it must do no harm there either.
    assert found["careplans:note"] == {"corrects", "page"}


def test_nothing_of_anybody_elses_is_touched(swept, capsys):
    found = all_crossings(swept)
    with capsys.disabled():
        print(f"\n{len(found)} requests name the row of another client, or of another clinic.")
    assert len(found) > 500
    assert [str(one) for one in found if one.touched] == []
    assert [str(one) for one in found if one.status >= 500] == []


def test_without_asking_whose_it_is_it_would_be(swept, monkeypatch):
    """The negative control: two places that find a row by its key alone."""
    from alongside.goals.models import Goal
    from alongside.life.views import staff

    def any_row(model, sent, _client):
        return model.objects.get(pk=UUID(sent["row"]))

    monkeypatch.setattr(staff, "_of", any_row)
    assert any(one.touched for one in all_crossings(swept, "life:of-client"))
    monkeypatch.setattr(
        "alongside.goals.views.staff.goal_of",
        lambda key, _client: Goal.objects.filter(pk=key).first(),
    )
    assert any(one.touched for one in all_crossings(swept, "goals:staff-goal"))
