"""Switched off, outcomes have no door, no address and no file; goals stay as they are."""

import pytest

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
PAGES = (
    "/outcomes/",
    "/outcomes/team/",
    "/outcomes/outcomes.csv",
    "/outcomes/outcomes.parquet",
)


def test_no_door_and_no_address(lead, groups, harbour):
    # First found, so that a changed word cannot hide.
    assert 'href="/outcomes/"' in lead.get("/clients/", follow=True).content.decode() or (
        'href="/outcomes/"' in lead.get("/settings/").content.decode()
    )
    assert [lead.get(path).status_code for path in PAGES] == [200] * 4
    harbour.parts_off = ["outcomes"]
    harbour.save()
    assert 'href="/outcomes/"' not in lead.get("/settings/").content.decode()
    assert [lead.get(path).status_code for path in PAGES] == [404] * 4
    harbour.parts_off = []
    harbour.save()
    assert lead.get("/outcomes/").status_code == 200
