"""Slots: a part that breaks leaves its own place empty, and nobody's page falls with it."""

import pytest
from django.db import OperationalError

from alongside.parts import registry, slots
from alongside.parts.part import Panel, Part

GOOD = Panel(template="a.html", context={}, order=2)
FIRST = Panel(template="b.html", context={}, order=1)


@pytest.fixture
def parts(monkeypatch):
    """Parts that fill one slot, each by a function of its name."""

    def _parts(**answers):
        known = {
            name: Part(name=name, label="", about="", slots={"board.panel": name})
            for name in answers
        }
        monkeypatch.setattr(registry, "_parts", known)
        monkeypatch.setattr(slots, "import_string", answers.__getitem__)

    return _parts


def breaks(**_about):
    raise KeyError("a part's own mistake")


def loses_the_database(**_about):
    raise OperationalError("gone")


def test_panels_stand_in_their_order(parts):
    parts(garden=lambda **_: GOOD, pond=lambda **_: FIRST, empty=lambda **_: None)
    assert slots.panels("board.panel", off=[], board=None) == [FIRST, GOOD]


def test_a_part_that_breaks_leaves_its_place_empty_and_is_said(parts, caplog):
    parts(garden=lambda **_: GOOD, broken=breaks)
    assert slots.panels("board.panel", off=[], board=None) == [GOOD]
    assert "The part that fills broken broke" in caplog.text


def test_while_it_is_written_a_mistake_is_seen_at_once(parts, settings):
    settings.DEBUG = True
    parts(broken=breaks)
    with pytest.raises(KeyError):
        slots.panels("board.panel", off=[], board=None)


def test_a_lost_database_is_the_whole_pages_matter(parts):
    parts(garden=lambda **_: GOOD, lost=loses_the_database)
    with pytest.raises(OperationalError):
        slots.panels("board.panel", off=[], board=None)


def test_a_slot_that_no_page_offers_is_a_mistake():
    with pytest.raises(LookupError):
        slots.panels("board.roof", off=[])
