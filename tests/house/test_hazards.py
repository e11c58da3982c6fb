"""What our own code must never do is not done; and each rule finds what was planted for it."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.hazards import HAZARDS
from tests.house.tree import modules, place, templates

PLANTED = Path(__file__).parent / "planted"
TREES = {place(path): ast.parse(path.read_text()) for path in modules()}


@pytest.mark.parametrize("name", sorted(HAZARDS))
def test_the_product_does_not(name: str):
    hazard = HAZARDS[name]
    found = [
        f"{where}:{line}: {what}"
        for where, tree in TREES.items()
        if where not in hazard.allowed
        for line, what in hazard.find(tree)
    ]
    assert found == [], hazard.why


@pytest.mark.parametrize("name", sorted(HAZARDS))
def test_no_exception_outlives_its_reason(name: str):
    hazard = HAZARDS[name]
    used = [where for where in hazard.allowed if where in TREES and any(hazard.find(TREES[where]))]
    assert used == list(hazard.allowed)


def planted(name: str, kind: str) -> str:
    return (PLANTED / f"{name.replace('-', '_')}_{kind}.py").read_text()


@pytest.mark.parametrize("name", sorted(HAZARDS))
def test_what_was_planted_is_found_and_nothing_else(name: str):
    text = planted(name, "bad")
    meant = [number for number, line in enumerate(text.splitlines(), 1) if "# found" in line]
    assert meant
    assert sorted({line for line, _ in HAZARDS[name].find(ast.parse(text))}) == meant


@pytest.mark.parametrize("name", sorted(HAZARDS))
def test_a_clean_file_is_left_alone(name: str):
    assert list(HAZARDS[name].find(ast.parse(planted(name, "good")))) == []


def test_nothing_is_planted_for_a_rule_that_is_gone():
    known = {f"{name.replace('-', '_')}_{kind}.py" for name in HAZARDS for kind in ("bad", "good")}
    assert {path.name for path in PLANTED.glob("*.py")} == known


SAFE_IN_TEMPLATE = re.compile(r"\|\s*(?:safe|safeseq)\b|\{%\s*autoescape\s+off")
# Text, not HTML: a letter is plain text, and nothing in it may be escaped.
PLAIN_TEXT = ".txt"


def test_no_template_marks_anything_safe():
    found = [
        place(path)
        for path in templates()
        if path.suffix != PLAIN_TEXT and SAFE_IN_TEMPLATE.search(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("bad", ["{{ a|safe }}", "{{ a | safe }}", "{% autoescape off %}"])
def test_a_planted_safe_is_found_in_a_template(bad: str):
    assert SAFE_IN_TEMPLATE.search(bad)
    assert not SAFE_IN_TEMPLATE.search("{{ a|date }} it is safe {{ b|default:'x' }}")


def test_there_are_about_twelve_rules():
    assert len(HAZARDS) >= 12
