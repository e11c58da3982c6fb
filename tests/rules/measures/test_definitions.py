"""The questionnaires that are shipped: only those that may be, in both languages."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alongside.rules import measures
from alongside.rules.measures import ALL
from alongside.rules.measures.score import Licence

FOLDER = Path(measures.__file__).parent / "definitions"
FILES = sorted(FOLDER.glob("*.json"))
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
# Their items are the client's own words, or codes of the needs list; nothing is asked by a form.
WITHOUT = {"gas", "functioning-profile"}
# Words of instruments that may not be shipped; each stands in its form and nowhere in ours.
RESTRICTED = (
    "open a tight or new jar", "standing for long periods", "house keeping", "serial 7",
    "asks for more help than", "i have no problems in walking about", "no ifs, ands",
)  # fmt: skip


def pages() -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in FILES]


def items(page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in page.get("item", []):
        yield item
        yield from items(item)


def first(item: dict[str, Any]) -> object:
    """The first answer that an item offers; nought days where it asks for a number."""
    options = item.get("answerOption")
    return options[0]["valueCoding"]["code"] if options else 0


def french(one: dict[str, Any] | None) -> str:
    for extension in (one or {}).get("extension", []):
        if extension["url"] == TRANSLATION:
            parts = {part["url"]: part for part in extension["extension"]}
            if parts["lang"]["valueCode"] == "fr":
                return str(parts["content"]["valueString"])
    return ""


def restricted(text: str) -> list[str]:
    """The words of restricted instruments that stand in a text."""
    return [word for word in RESTRICTED if word in text.lower()]


def test_only_what_may_be_shipped_has_its_text_here() -> None:
    for path in FILES:
        assert ALL[path.stem].licence is Licence.EMBED, path.stem


def test_everything_that_may_be_shipped_is_here() -> None:
    embedded = {name for name, one in ALL.items() if one.licence is Licence.EMBED}
    assert embedded - WITHOUT == {path.stem for path in FILES}


def test_no_restricted_text_is_in_the_rules() -> None:
    for path in Path(measures.__file__).parent.rglob("*"):
        if path.suffix in (".py", ".json"):
            assert not restricted(path.read_text(encoding="utf-8")), path.name


def test_a_planted_restricted_text_is_found() -> None:
    assert restricted("1. Open a tight or new jar") == ["open a tight or new jar"]


@pytest.mark.parametrize("page", pages(), ids=[path.stem for path in FILES])
def test_each_has_both_languages(page: dict[str, Any]) -> None:
    assert page["resourceType"] == "Questionnaire"
    assert page["copyright"]
    assert french(page["_title"])
    assert french(page["_description"])
    for item in items(page):
        assert item["text"], item["linkId"]
        assert french(item.get("_text")), item["linkId"]
        for option in item.get("answerOption", []):
            coding = option["valueCoding"]
            assert coding["display"], item["linkId"]
            assert french(coding.get("_display")), item["linkId"]


@pytest.mark.parametrize(
    "name",
    ["phq-9", "phq-2", "gad-7", "gad-2", "gg-self-care", "gg-mobility", "hrqol-4", "home-check"],
)  # fmt: skip
def test_each_item_that_is_scored_is_asked(name: str) -> None:
    page = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    asked = {item["linkId"] for item in items(page)}
    assert {item.name for item in ALL[name].items} <= asked


@pytest.mark.parametrize("name", ["phq-9", "gad-7", "gg-self-care", "hrqol-4", "home-check"])
def test_the_first_option_of_each_item_can_be_scored(name: str) -> None:
    page = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    answers = {
        item["linkId"]: item["answerOption"][0]["valueCoding"]["code"]
        if "answerOption" in item
        else 0
        for item in items(page)
        if item["type"] != "group"
    }
    assert ALL[name].score({"answers": answers}).value is not None
