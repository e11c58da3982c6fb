"""Neighbours never know each other: not by a string, and not by a template."""

import ast

from tests.house import holes
from tests.house.layers import may_know, stack
from tests.house.tree import SRC, modules, part_of, place, templates

# Django's own apps, which everybody may name.
OUTSIDE = {"auth", "contenttypes", "sessions"}
PACKAGES = {path.parent.name for path in SRC.glob("*/__init__.py")}


def test_no_relation_names_a_neighbours_model():
    strangers = [
        f"{place(path)} names {package}"
        for path in modules()
        for package in holes.relations(ast.parse(path.read_text()))
        if package not in OUTSIDE and not may_know(part_of(path), package)
    ]
    assert strangers == []


def test_no_template_includes_a_neighbours():
    strangers = [
        f"{place(path)} includes {folder}/"
        for path in templates()
        for folder in holes.pieces(path.read_text())
        if folder in PACKAGES and not may_know(part_of(path), folder)
    ]
    assert strangers == []


def test_a_template_stands_in_the_folder_of_its_part():
    """Else the test above could be got round by a folder with another name."""
    named = [path.relative_to(SRC).parts for path in templates()]
    lost = ["/".join(parts) for parts in named if len(parts) > 3 and parts[2] != parts[0]]
    assert lost == []


def test_a_planted_relation_is_found():
    tree = ast.parse(
        "a = models.ForeignKey('visits.Visit', on_delete=x)\n"
        "b = models.ManyToManyField(to='goals.Goal')\n"
        "c = OneToOneField(settings.AUTH_USER_MODEL)\n"
        "d = models.ForeignKey('self')\n"
        "e = models.CharField('visits.Visit')\n"
    )
    assert list(holes.relations(tree)) == ["visits", "goals", "people"]


def test_a_planted_include_is_found():
    page = """{% extends "ui/base.html" %}{% include 'visits/row.html' with a=1 %}
    {% include "404.html" %}{% include panel.template %}"""
    assert list(holes.pieces(page)) == ["ui", "visits"]


def test_who_may_know_whom():
    layers = [["site"], ["welcome", "voice"], ["visits"], ["rules"]]
    assert may_know("welcome", "visits", layers)
    assert may_know("visits", "visits", layers)
    assert not may_know("visits", "welcome", layers)
    assert not may_know("welcome", "voice", layers)


def test_every_package_has_a_place():
    placed = {name for layer in stack() for name in layer}
    assert placed == PACKAGES
