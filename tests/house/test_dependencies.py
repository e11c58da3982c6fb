"""Every package that we ask for has its line on the page of guests."""

import re
import tomllib

import pytest

from tests.house.tree import ROOT

PAGE = (ROOT / "docs" / "reference" / "dependencies.md").read_text()


def asked_for(name: str) -> list[str]:
    lines = (ROOT / "requirements" / f"{name}.in").read_text().splitlines()
    found = [re.match(r"[A-Za-z0-9_.-]+", line) for line in lines if not line.startswith("-")]
    return [match[0] for match in found if match]


def on_page(page: str) -> set[str]:
    rows = re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE)
    return {name.strip().lower() for row in rows for name in row.split(",")} - {"package", "---"}


def test_every_guest_has_a_reason_a_size_and_a_way_out():
    asked = {name.lower() for one in ("base", "dev", "bench") for name in asked_for(one)}
    assert on_page(PAGE) == asked


def test_a_guest_without_a_line_is_found():
    assert on_page("| package | why |\n| --- | --- |\n| one, two | x |\n") == {"one", "two"}


def test_a_wheel_asks_for_what_the_pins_were_made_from():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = (ROOT / "requirements" / "base.in").read_text().splitlines()
    assert project["dependencies"] == [line for line in lines if line]


@pytest.mark.parametrize("name", ["LICENSE", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_what_a_stranger_looks_for_first_is_there(name: str):
    assert len((ROOT / name).read_text()) > 300
