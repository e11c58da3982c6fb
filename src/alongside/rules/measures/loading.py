"""An instrument's text that a clinic loads itself: whether it fits the rule that will score it.

The file is a FHIR R4 Questionnaire, as those in `definitions`. Each thing that is wrong with it is
a `Fault` that names the item, so that whoever typed it in can put it right in one go. The text
stays with the clinic that has the licence; nothing here knows any.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alongside.rules.measures.answers import BadAnswers, Item, named
from alongside.rules.measures.score import Licence, Measure

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
TYPES = ("choice", "integer", "decimal", "boolean")
LANGUAGES = ("en", "fr")
LONGEST = 2000
LONGEST_TITLE = 120
LONGEST_VERSION = 12
MOST_ITEMS = 200
MOST_OPTIONS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to put right: what it is (a code, not a sentence), at which item, and more words.

    `item` is how the file itself calls it; "" where it is about the whole file.
    """

    code: str
    item: str = ""
    more: str = ""


class BadText(ValueError):
    """The file cannot be used as it stands: all that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(f"{fault.code} {fault.item}".strip() for fault in faults))
        self.faults = tuple(faults)


def is_loadable(measure: Measure) -> bool:
    """Tell whether its text may be loaded: it is not shipped, and its rule reads single items."""
    by_items = bool(measure.items) and not measure.takes.startswith('"activities"')
    return measure.licence is not Licence.EMBED and by_items


def read_text(measure: Measure, raw: bytes) -> dict[str, Any]:
    """Read a file, each item called as the rule calls it; raises BadText with all its faults."""
    try:
        page = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise BadText([Fault(code="not_json")]) from None
    if not isinstance(page, dict) or page.get("resourceType") != "Questionnaire":
        raise BadText([Fault(code="not_questionnaire")])
    faults = [*_of_head(page), *_of_items(measure, page), *_of_languages(page)]
    if faults:
        raise BadText(faults)
    for item in _items(page):
        if item["type"] in TYPES:
            item["linkId"] = named(measure.items, item["linkId"])
    return page


def languages_of(page: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages that a file speaks, its own first."""
    own = _own(page)
    return (own, *sorted(_translated(page) - {own}))


def skeleton(measure: Measure) -> dict[str, Any]:
    """A file with every item and answer that the rule knows, for a clinic to write the words in."""
    return {
        "resourceType": "Questionnaire",
        "name": measure.name,
        "title": "",
        "version": "1",
        "status": "active",
        "language": "en",
        "description": "",
        "copyright": "",
        "item": [_blank(item) for item in measure.items],
    }


def _blank(item: Item) -> dict[str, Any]:
    values = item.values()
    if not values:
        return {"linkId": item.name, "text": "", "type": "decimal"}
    options = [{"valueCoding": {"code": f"{value:g}", "display": ""}} for value in values]
    return {"linkId": item.name, "text": "", "type": "choice", "answerOption": options}


def _of_head(page: Mapping[str, Any]) -> Iterator[Fault]:
    for name, longest in (("title", LONGEST_TITLE), ("version", LONGEST_VERSION)):
        value = page.get(name)
        if not isinstance(value, str) or not value.strip():
            yield Fault(code=f"no_{name}")
        elif len(value) > longest:
            yield Fault(code=f"long_{name}", more=str(longest))
    for name in ("description", "copyright"):
        value = page.get(name, "")
        if not isinstance(value, str):
            yield Fault(code="not_words", more=name)
        elif len(value) > LONGEST:
            yield Fault(code="long_words", more=name)
    if not isinstance(page.get("language", "en"), str) or _own(page) not in LANGUAGES:
        yield Fault(code="language", more=str(page.get("language"))[:20])


def _of_items(measure: Measure, page: Mapping[str, Any]) -> Iterator[Fault]:
    listed = page.get("item")
    if not isinstance(listed, list) or not listed:
        yield Fault(code="no_items")
        return
    items = list(_items(page))
    if len(items) > MOST_ITEMS:
        yield Fault(code="many_items", more=str(MOST_ITEMS))
        return
    found: Counter[str] = Counter()
    for place, item in enumerate(items, start=1):
        called = _called(item, place)
        if item.get("type") in ("group", "display"):
            yield from _of_words(item, "text", called)
            continue
        try:
            name = named(measure.items, item.get("linkId", ""))
        except BadAnswers:
            known = ", ".join(one.name for one in measure.items)
            yield Fault(code="unknown_item", item=called, more=known)
            continue
        found[name] += 1
        rule = next(one for one in measure.items if one.name == name)
        yield from _of_words(item, "text", called)
        yield from _of_answers(rule, item, called)
    for rule in measure.items:
        if not found[rule.name]:
            yield Fault(code="missing_item", item=rule.name)
        elif found[rule.name] > 1:
            yield Fault(code="twice", item=rule.name)


def _of_words(one: Mapping[str, Any], name: str, called: str, more: str = "") -> Iterator[Fault]:
    words = one.get(name)
    if not isinstance(words, str) or not words.strip():
        yield Fault(code="option_without_words" if more else "no_text", item=called, more=more)
    elif len(words) > LONGEST:
        yield Fault(code="long_text", item=called, more=str(LONGEST))


def _of_answers(rule: Item, item: Mapping[str, Any], called: str) -> Iterator[Fault]:
    kind = item.get("type")
    if kind not in TYPES:
        yield Fault(code="type", item=called, more=str(kind)[:20])
        return
    if kind != "choice":
        return
    options = item.get("answerOption")
    if not isinstance(options, list) or len(options) < 2:
        yield Fault(code="no_options", item=called)
        return
    if len(options) > MOST_OPTIONS:
        yield Fault(code="many_options", item=called, more=str(MOST_OPTIONS))
        return
    codes: Counter[str] = Counter()
    for place, option in enumerate(options, start=1):
        coding = option.get("valueCoding") if isinstance(option, Mapping) else None
        code = coding.get("code") if isinstance(coding, Mapping) else None
        if not isinstance(coding, Mapping) or not isinstance(code, str) or not code.strip():
            yield Fault(code="option_without_code", item=called, more=str(place))
            continue
        codes[code] += 1
        yield from _of_words(coding, "display", called, more=code[:20])
        yield from _of_code(rule, code, called)
    for code, times in codes.items():
        if times > 1:
            yield Fault(code="option_twice", item=called, more=code[:20])


def _of_code(rule: Item, code: str, called: str) -> Iterator[Fault]:
    """An answer that the rule would refuse, or take for none, is refused before it is asked."""
    try:
        if rule.read(code) is not None:
            return
    except BadAnswers:
        pass
    taken = ", ".join(f"{value:g}" for value in rule.values()) or f"{rule.low:g} – {rule.high:g}"
    yield Fault(code="option_not_taken", item=called, more=f"{code[:20]}|{taken}")


def _of_languages(page: Mapping[str, Any]) -> Iterator[Fault]:
    """A language that is there for one sentence is there for all: nobody answers half of each."""
    for language in sorted(_translated(page) - {_own(page)}):
        if language not in LANGUAGES:
            continue
        if language not in _languages(page, "title"):
            yield Fault(code="title_in", more=language)
        if page.get("description") and language not in _languages(page, "description"):
            yield Fault(code="description_in", more=language)
        for place, item in enumerate(_items(page), start=1):
            whole = language in _languages(item, "text") and all(
                language in _languages(coding, "display") for coding in _codings(item)
            )
            if not whole:
                yield Fault(code="item_in", item=_called(item, place), more=language)


def _translated(page: Mapping[str, Any]) -> set[str]:
    found = set(_languages(page, "title")) | set(_languages(page, "description"))
    for item in _items(page):
        found |= set(_languages(item, "text"))
        for coding in _codings(item):
            found |= set(_languages(coding, "display"))
    return found & set(LANGUAGES)


def _languages(one: Mapping[str, Any], name: str) -> Iterator[str]:
    """The languages that one sentence is translated into; what is not written so, is none."""
    beside = one.get(f"_{name}")
    listed = beside.get("extension") if isinstance(beside, Mapping) else None
    for extension in listed if isinstance(listed, list) else ():
        if not isinstance(extension, Mapping) or extension.get("url") != TRANSLATION:
            continue
        parts = extension.get("extension")
        said = {
            str(part.get("url")): part
            for part in (parts if isinstance(parts, list) else ())
            if isinstance(part, Mapping)
        }
        language = said.get("lang", {}).get("valueCode")
        words = said.get("content", {}).get("valueString")
        if isinstance(language, str) and isinstance(words, str) and words.strip():
            yield language[:2].lower()


def _items(page: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every item, groups opened; what is no object is none."""
    listed = page.get("item")
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, dict):
            yield item
            yield from _items(item)


def _codings(item: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    listed = item.get("answerOption")
    for option in listed if isinstance(listed, list) else ():
        coding = option.get("valueCoding") if isinstance(option, Mapping) else None
        if isinstance(coding, Mapping):
            yield coding


def _called(item: Mapping[str, Any], place: int) -> str:
    """How the file calls an item; by its place where it has no name."""
    return str(item.get("linkId") or "")[:40] or f"({place})"


def _own(page: Mapping[str, Any]) -> str:
    return str(page.get("language", "en"))[:2].lower()
