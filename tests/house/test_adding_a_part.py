"""A part is a stranger: it is named in its own folder, and in the few files of the list."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.test_tree import files
from tests.house.tree import ROOT, SRC

GUIDE = ROOT / "docs" / "adding-a-part.md"
MOST = 8
# Tests may take any part as their example, and the guide takes one.
MAY_NAME_ANY = ("tests/", "docs/adding-a-part.md")


def listed() -> list[str]:
    """Give the files of the guide's table."""
    return re.findall(r"^\| `([^`]+)` \|", GUIDE.read_text(), re.MULTILINE)


def names(part: str) -> re.Pattern[str]:
    """A part by its technical name: an import, an address, a path, a table, a string."""
    word = re.escape(part)
    return re.compile(
        rf"alongside[./]{word}\b|\b{word}/|(?<![\w.]){word}:\w|[\"'`]{word}[\"'`]"
        rf"|[\"'`]{word}[.]\w|\b{word}_(?:wish|offer|hopes)\b"
    )


def named_in(part: str, paths: Iterator[Path]) -> set[str]:
    """Give the files outside its folder that name a part."""
    found = set()
    for path in paths:
        place = str(path.relative_to(ROOT))
        outside = SRC / part not in path.parents and not place.startswith(MAY_NAME_ANY)
        if outside and "/tests/" not in place and names(part).search(path.read_text()):
            found.add(place)
    return found


def test_the_list_is_short_and_true():
    assert 0 < len(listed()) <= MOST
    assert [name for name in listed() if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("part", settings.PARTS)
def test_a_part_is_named_in_no_other_file(part: str):
    found = named_in(part, files())
    assert found - set(listed()) == set()
    # What it cannot do without is really found: the search is not blind.
    assert {"src/alongside/site/settings.py", "src/alongside/access/policy.py"} <= found


def test_a_part_that_everybody_knows_would_be_found():
    """The negative control: `visits` is no stranger."""
    assert len(named_in("visits", files()) - set(listed())) > MOST


@pytest.mark.parametrize(
    "line",
    [
        "from alongside.welcome.models import Wish",
        "{% include 'welcome/staff/row.html' %}",
        "{% url 'welcome:wish' token=token %}",
        'if "welcome" in parts_off:',
        'record("welcome.offer", by=by)',
        "SELECT * FROM welcome_wish",
    ],
)
def test_a_planted_name_is_found(line: str):
    assert names("welcome").search(line)


@pytest.mark.parametrize(
    "line",
    [
        "<h1>Welcome. Tell us that you are here.</h1>",
        "def welcome_back(staff):",
        '"people.welcome_back": _("...")',
        "Good faith is welcome: test it",
        "you are welcome, too",
    ],
)
def test_a_word_is_left_alone(line: str):
    assert not names("welcome").search(line)
