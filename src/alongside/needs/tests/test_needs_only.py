"""Needs decide what is offered. Diagnosis, age and payer cannot: nobody asks for them here."""

import inspect
import re
from datetime import timedelta

import pytest
from django import forms
from django.apps import apps
from django.db import models

from alongside.needs import forms as own_forms
from alongside.needs.actions.say import say
from alongside.needs.models import Service
from alongside.needs.queries.profile import fits, lines_of
from alongside.people.models import Client
from alongside.rules import matching, profile
from alongside.rules.needs import Area

WHO_ONE_IS = re.compile(
    r"diagnos|icd|disease|condition|\bage\b|born|birth|payer|insur|payment|sex|gender|segment"
)


def words_in(names) -> list[str]:
    return [name for name in names if WHO_ONE_IS.search(name.replace("_", " "))]


def fields_of_the_part() -> list[str]:
    kept = [one.name for model in apps.get_app_config("needs").get_models()
            for one in model._meta.get_fields()]  # fmt: skip
    asked = [name for _, form in inspect.getmembers(own_forms, inspect.isclass)
             if issubclass(form, forms.BaseForm) and hasattr(form, "base_fields")
             for name in form.base_fields]  # fmt: skip
    ruled = [name for rule in (matching.Need, matching.Service, profile.Said, profile.Line)
             for name in rule.__dataclass_fields__]  # fmt: skip
    return [*kept, *asked, *ruled]


def test_no_model_form_or_rule_of_needs_has_such_a_field():
    found = fields_of_the_part()
    assert {"code", "performance", "importance", "covers", "severity"} <= set(found)
    assert words_in(found) == []


def test_the_search_would_find_one():
    """The control."""
    planted = ["diagnosis", "icd_code", "age", "born_on", "payer", "insurance", "sex"]
    assert words_in(planted) == planted
    assert words_in(["language", "message", "coverage"]) == []


def everything_else(number: int) -> dict[str, object]:
    """Something different in every field of a client that needs do not know."""
    values: dict[str, object] = {}
    for one in Client._meta.concrete_fields:
        if one.name in ("id", "clinic", "erased_at", "found_by", "version", "language", "prefers"):
            continue
        if isinstance(one, models.DurationField):
            values[one.name] = timedelta(minutes=30 * number)
        elif isinstance(one, models.CharField | models.TextField):
            values[one.name] = f"{one.name[:4]}{number}"
    return {**values, "language": ["en", "fr"][number % 2], "email": f"{number}@example.org"}


def found_for(client) -> tuple[object, ...]:
    result = fits(lines_of(client.pk, frozenset(Area)), [])
    offers = [(one.service.name, one.alone, one.adds, one.covered) for one in result.chosen]
    return (offers, result.match.coverage, result.match.uncovered, result.others)


@pytest.mark.django_db
def test_people_who_differ_in_everything_else_are_offered_the_same(here, joon, acting, now):
    for name, covers in (("A", ["d5"]), ("B", ["d540", "b152"]), ("C", ["e1", "d850"])):
        Service.objects.create(name=name, covers=covers)
    people = [Client.objects.create(**everything_else(number)) for number in range(1, 5)]
    told = [("d540", 3, 9), ("b152", 2, 7), ("d850", 2, 8), ("e155", 3, 6)]
    for place, client in enumerate(people):
        for code, performance, importance in told[place:] + told[:place]:
            say(
                client, code, performance=performance, importance=importance,
                by=acting.staff(joon), now=now,
            )  # fmt: skip
    first, *others = [found_for(client) for client in people]
    assert first[0]
    assert all(other == first for other in others)
    # The control: what is hard does change it.
    say(people[1], "d540", performance=0, by=acting.staff(joon), now=now + timedelta(days=1))
    assert found_for(people[1]) != first


@pytest.mark.django_db
def test_the_worked_example_to_the_digit(here, amara, joon, acting, now):
    told = [("d540", 3, 9), ("d640", 2, 5), ("d850", 2, 8), ("b152", 2, 7), ("e155", 3, 6)]
    for code, performance, importance in told:
        say(
            amara, code, performance=performance, importance=importance,
            by=acting.staff(joon), now=now,
        )  # fmt: skip
    for name, covers in (
        ("Daily-living group", ["d5", "d6"]),
        ("Home adaptation visit", ["e155", "e115"]),
        ("Back to work", ["d850", "d845"]),
        ("Coping group", ["b152", "d240"]),
    ):
        Service.objects.create(name=name, covers=covers)
    found = fits(lines_of(amara.pk, frozenset(Area)), [])
    assert [(one.service.name, round(100 * one.alone, 1)) for one in found.chosen] == [
        ("Daily-living group", 43.5),
        ("Home adaptation visit", 21.2),
        ("Back to work", 18.8),
        ("Coping group", 16.5),
    ]
    assert found.match.coverage == pytest.approx(1)
