"""An instrument's text that a clinic loads itself: it fits the rule, or each fault names its item.

The sentences are invented (`tests/invented.py`): no instrument's text is in this repository.
"""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.invented import filled, in_french_too, raw

from alongside.rules.measures import ALL
from alongside.rules.measures.loading import (
    BadText,
    Fault,
    is_loadable,
    languages_of,
    read_text,
    skeleton,
)

CARE = ALL["care"]


def faults(page: object, name: str = "care") -> list[Fault]:
    with pytest.raises(BadText) as bad:
        read_text(ALL[name], raw(page))
    return list(bad.value.faults)


LOADABLE = [name for name, one in ALL.items() if is_loadable(one)]


def test_what_may_be_loaded_and_what_may_not() -> None:
    assert {"whodas-12", "barthel", "care", "collaborate", "quickdash"} <= set(LOADABLE)
    # Shipped; forbidden on a computer; a total alone; the client's own problems.
    for name in ("phq-9", "moca", "mmse", "westmead", "safer-home", "promis", "eq-5d-5l", "copm"):
        assert not is_loadable(ALL[name]), name


@pytest.mark.parametrize("name", LOADABLE)
def test_the_empty_file_holds_no_text_and_fits_once_it_is_written_in(name: str) -> None:
    empty = skeleton(ALL[name])
    assert not any(item["text"] for item in empty["item"])
    page = read_text(ALL[name], raw(filled(name)))
    answers = {
        item["linkId"]: item["answerOption"][0]["valueCoding"]["code"]
        if "answerOption" in item
        else 0
        for item in page["item"]
    }
    assert ALL[name].score({"answers": answers}).value is not None


def test_items_are_called_as_the_rule_calls_them() -> None:
    page = filled("care")
    for item in page["item"]:
        item["linkId"] = f"Q{item['linkId']}"
    read = read_text(CARE, raw(page))
    assert [item["linkId"] for item in read["item"]] == [str(n) for n in range(1, 11)]


def test_questions_may_stand_in_groups_with_sentences_between() -> None:
    page = filled("care")
    between = {"type": "display", "linkId": "a", "text": "Invented: think of last week."}
    page["item"] = [{"type": "group", "linkId": "g", "text": "One", "item": page["item"]}, between]
    assert read_text(CARE, raw(page))["item"][0]["type"] == "group"


def test_both_languages_or_one() -> None:
    assert languages_of(read_text(CARE, raw(filled("care")))) == ("en",)
    assert languages_of(read_text(CARE, raw(in_french_too(filled("care"))))) == ("en", "fr")


@pytest.mark.parametrize("sent", [b"\xff\xfe", b"{", b"", b"[" * 100_000])
def test_what_is_no_json_is_said_so(sent: bytes) -> None:
    with pytest.raises(BadText) as bad:
        read_text(CARE, sent)
    assert [one.code for one in bad.value.faults] == ["not_json"]


def _item(page: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in page["item"] if one["linkId"] == name)
    return found


def _coding(page: dict[str, Any], name: str, place: int) -> dict[str, Any]:
    coding: dict[str, Any] = _item(page, name)["answerOption"][place]["valueCoding"]
    return coding


Breaks = Callable[[dict[str, Any]], object]
BROKEN: list[tuple[str, Breaks, Fault]] = [
    (
        "another resource",
        lambda p: p.update(resourceType="Patient"),
        Fault(code="not_questionnaire"),
    ),
    ("no title", lambda p: p.update(title=" "), Fault(code="no_title")),
    ("no version", lambda p: p.pop("version"), Fault(code="no_version")),
    ("a number for a version", lambda p: p.update(version=2), Fault(code="no_version")),
    ("a long version", lambda p: p.update(version="2" * 13), Fault(code="long_version", more="12")),
    ("Finnish", lambda p: p.update(language="fi"), Fault(code="language", more="fi")),
    ("nothing asked", lambda p: p.update(item=[]), Fault(code="no_items")),
    ("one left out", lambda p: p["item"].pop(6), Fault(code="missing_item", item="7")),
    ("one twice", lambda p: p["item"].append(p["item"][0]), Fault(code="twice", item="1")),
    (
        "one too many",
        lambda p: p["item"].append({**p["item"][0], "linkId": "H1"}),
        Fault(code="unknown_item", item="H1", more="1, 2, 3, 4, 5, 6, 7, 8, 9, 10"),
    ),
    ("no words", lambda p: _item(p, "3").update(text=""), Fault(code="no_text", item="3")),
    (
        "a type that cannot be answered",
        lambda p: _item(p, "3").update(type="attachment"),
        Fault(code="type", item="3", more="attachment"),
    ),
    (
        "one answer alone",
        lambda p: _item(p, "4").update(answerOption=_item(p, "4")["answerOption"][:1]),
        Fault(code="no_options", item="4"),
    ),
    (
        "an answer that the rule refuses",
        lambda p: _coding(p, "5", 0).update(code="0"),
        Fault(code="option_not_taken", item="5", more="0|1, 2, 3, 4, 5"),
    ),
    (
        "an answer that stands for none",
        lambda p: _coding(p, "5", 0).update(code="NA"),
        Fault(code="option_not_taken", item="5", more="NA|1, 2, 3, 4, 5"),
    ),
    (
        "an answer twice",
        lambda p: _coding(p, "5", 0).update(code="2"),
        Fault(code="option_twice", item="5", more="2"),
    ),
    (
        "an answer without its number",
        lambda p: _coding(p, "6", 1).update(code=2),
        Fault(code="option_without_code", item="6", more="2"),
    ),
    (
        "an answer without words",
        lambda p: _coding(p, "6", 1).update(display=""),
        Fault(code="option_without_words", item="6", more="2"),
    ),
    (
        "half a translation",
        lambda p: (in_french_too(p), _item(p, "8").pop("_text")),
        Fault(code="item_in", item="8", more="fr"),
    ),
    (
        "a translated question with answers in English",
        lambda p: (in_french_too(p), _coding(p, "9", 2).pop("_display")),
        Fault(code="item_in", item="9", more="fr"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("breaks", "fault"), [row[1:] for row in BROKEN], ids=[r[0] for r in BROKEN]
)
def test_each_fault_names_its_item(breaks: Breaks, fault: Fault) -> None:
    page = filled("care")
    breaks(page)
    assert faults(page) == [fault]


def test_all_faults_are_said_at_once() -> None:
    page = filled("care")
    page["title"] = ""
    _item(page, "2")["text"] = ""
    _coding(page, "3", 0)["code"] = "9"
    assert [(one.code, one.item) for one in faults(page)] == [
        ("no_title", ""), ("no_text", "2"), ("option_not_taken", "3"),
    ]  # fmt: skip


def _paths(one: object, way: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The way to each value of a file."""
    parts = (
        one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
    )
    return [way, *(path for key, value in parts for path in _paths(value, (*way, key)))]


WHOLE = in_french_too(filled("care"))
JUNK = st.sampled_from([None, 7, "", [], {}, True, "x" * 3000, [None], {"extension": 3}, [[1]]])


@given(path=st.sampled_from(_paths(WHOLE)), junk=JUNK)
def test_no_file_whatever_breaks_the_reading(path: tuple[object, ...], junk: object) -> None:
    """Any one value of a good file turned into junk: it is read, or refused with faults."""
    page: Any = copy.deepcopy(WHOLE)
    if path:
        inner = page
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = junk
    else:
        page = junk
    assert _is_read_or_refused(page)


def _is_read_or_refused(page: object) -> bool:
    try:
        return bool(read_text(CARE, raw(page)))
    except BadText as bad:
        return bool(bad.faults)
