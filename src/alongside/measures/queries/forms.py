"""The shipped questionnaires, as plain values: read once from the data files beside the rules."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from alongside.rules.measures import ALL, Measure
from alongside.rules.measures.loading import languages_of
from alongside.rules.measures.urgent import cannot_wait

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
LEAST = "http://hl7.org/fhir/StructureDefinition/minValue"
MOST = "http://hl7.org/fhir/StructureDefinition/maxValue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that can be chosen; `is_urgent`: it cannot wait until it is sent."""

    code: str
    words: str
    is_urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, in the reader's language."""

    name: str
    words: str
    kind: str
    options: tuple[Option, ...] = ()
    low: float | None = None
    high: float | None = None
    group: str = ""

    @property
    def is_to_ten(self) -> bool:
        """Whether it is answered on a scale of nought to ten."""
        return self.kind == "integer" and (self.low, self.high) == (0, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A questionnaire: `rows` are the questions of a group that is answered several times."""

    measure: str
    version: str
    language: str
    title: str
    lead: str
    rights: str
    questions: tuple[Question, ...]
    rows: tuple[Question, ...] = ()
    rows_title: str = ""


def has_form(measure: str) -> bool:
    """Whether the text of this measure is shipped."""
    return files("alongside.rules.measures").joinpath(f"definitions/{measure}.json").is_file()


@lru_cache(maxsize=128)
def form_of(measure: str, language: str) -> Form | None:
    """Give a measure's questionnaire in a language; None where its text is not ours to ship."""
    if not has_form(measure):
        return None
    found = files("alongside.rules.measures").joinpath(f"definitions/{measure}.json")
    return read_form(ALL[measure], json.loads(found.read_text(encoding="utf-8")), language)


def read_form(measure: Measure, page: Mapping[str, Any], language: str) -> Form:
    """Read a questionnaire in a language; one that it does not speak is given in its own."""
    spoken = languages_of(page)
    language = next((one for one in spoken if language.startswith(one)), spoken[0])
    again = next((item for item in page["item"] if item.get("repeats")), None)
    return Form(
        measure=measure.name,
        version=str(page["version"]),
        language=language,
        title=_said(page, "title", language),
        lead=_said(page, "description", language),
        rights=str(page.get("copyright", "")),
        questions=() if again else tuple(_questions(measure, page["item"], language)),
        rows=tuple(_questions(measure, again["item"], language)) if again else (),
        rows_title=_said(again, "text", language) if again else "",
    )


def _questions(
    measure: Measure, items: list[dict[str, Any]], language: str, group: str = ""
) -> Iterator[Question]:
    for item in items:
        if item["type"] == "display":
            continue
        if item["type"] == "group":
            yield from _questions(measure, item["item"], language, _said(item, "text", language))
            continue
        yield Question(
            name=str(item["linkId"]),
            words=_said(item, "text", language),
            kind=str(item["type"]),
            options=tuple(_option(measure, item, one, language) for one in _offered(item)),
            low=_edge(item, LEAST),
            high=_edge(item, MOST),
            group=group,
        )


def _offered(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one["valueCoding"] for one in item.get("answerOption", [])]


def _option(
    measure: Measure, item: Mapping[str, Any], coding: Mapping[str, Any], language: str
) -> Option:
    code = str(coding["code"])
    return Option(
        code=code,
        words=_said(coding, "display", language),
        is_urgent=cannot_wait(measure, str(item["linkId"]), code),
    )


def _said(one: Mapping[str, Any], name: str, language: str) -> str:
    """The words in a language, else in English."""
    for extension in (one.get(f"_{name}") or {}).get("extension", []):
        if extension["url"] != TRANSLATION:
            continue
        parts = {part["url"]: part for part in extension["extension"]}
        if language.startswith(parts["lang"]["valueCode"]):
            return str(parts["content"]["valueString"])
    return str(one.get(name, ""))


def _edge(item: Mapping[str, Any], url: str) -> float | None:
    for extension in item.get("extension", []):
        if extension["url"] == url:
            return float(extension.get("valueInteger", extension.get("valueDecimal", 0)))
    return None
