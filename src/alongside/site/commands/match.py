"""`alongside match < needs-and-services.json`: what to offer somebody with these needs, and why."""

import argparse
import json
import math
import sys
from collections.abc import Mapping
from typing import Any

from alongside.rules.matching import Match, Need, Offer, Service, match
from alongside.rules.measures.answers import BadAnswers, Item, is_missing
from alongside.rules.needs import words_for
from alongside.site.commands.measure import body_of, error

SEVERITY = Item(name="severity", low=0, high=9)
IMPORTANCE = Item(name="importance", low=0, high=10, step=None)
NOT_INPUTS = frozenset({"diagnosis", "age", "payer", "insurer", "sex", "segment"})
NOT_WEIGHED = frozenset({8, 9})
MOST_SEVERE = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        'Reads {"needs": [{"code", "severity" 0 to 4, "importance" 0 to 10}], '
        '"services": [{"id", "name"?, "covers": ["d5"], "wait_days"?}], "pick"?: 2} and prints '
        "what to offer, what each covers, and what stays uncovered."
    )
    parser.add_argument("file", nargs="?", help="read this file in the place of standard input")
    parser.add_argument("--pick", type=int, help="offer at most so many")
    parser.add_argument("--language", default="en", help="of the reasons: en or fr")


def run(args: argparse.Namespace) -> int:
    """0 with the answer as JSON; 2 with an error that names what cannot be read."""
    try:
        body = body_of(args.file)
        if not isinstance(body, Mapping):
            raise BadAnswers("shape", 'Send {"needs": [...], "services": [...]}.')
        needs, services = needs_of(body), services_of(body)
        most = _pick(args.pick or body.get("pick") or body.get("most"))
        found = match(needs, services, most=most)
    except BadAnswers as problem:
        print(json.dumps({"error": error(problem)}, indent=2, ensure_ascii=False))
        print(f"This cannot be matched. {problem.message}", file=sys.stderr)
        return 2
    print(
        json.dumps(out(found, needs, services, args.language, body), indent=2, ensure_ascii=False)
    )
    return 0


def _pick(said: object) -> int | None:
    if said is None:
        return None
    if isinstance(said, bool) or not isinstance(said, int) or said < 1:
        raise BadAnswers(
            "out_of_range", f"pick: {said!r} is not a whole number from 1.", item="pick"
        )
    return said


def needs_of(body: Mapping[str, Any]) -> list[Need]:
    """The needs of a request; 8 and 9 (not specified, not applicable) weigh nothing."""
    found = []
    for place, one in enumerate(_list(body, "needs"), start=1):
        code = str(one.get("code") or one.get("icf") or "").strip().lower()
        if not code:
            raise BadAnswers("no_code", f"Need {place} has no code.", item=str(place))
        told = next(
            (
                one[name]
                for name in ("severity", "qualifier", "barrier", "performance")
                if name in one
            ),
            None,
        )
        try:
            severity = SEVERITY.read(told) or 0.0
            importance = IMPORTANCE.read(one.get("importance"))
        except BadAnswers as problem:
            raise BadAnswers(problem.code, f"Need {code}: {problem.message}", item=code) from None
        if severity > 4 and severity not in NOT_WEIGHED:
            raise BadAnswers("out_of_range", f"Need {code}: severity is 0 to 4, 8 or 9.", item=code)
        found.append(
            Need(
                code=code,
                severity=0.0 if severity in NOT_WEIGHED else severity,
                importance=10.0 if importance is None else importance,
                words=str(one.get("words") or ""),
            )
        )
    return found


def services_of(body: Mapping[str, Any]) -> list[Service]:
    """The services of a request."""
    found = []
    for place, one in enumerate(_list(body, "services"), start=1):
        name = str(one.get("name") or one.get("title") or one.get("id") or place)
        tags = one.get("covers", one.get("tags", one.get("codes")))
        if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
            raise BadAnswers("shape", f"Service {name}: covers must be a list of codes.", item=name)
        wait = next((one[key] for key in ("wait_days", "wait") if not is_missing(one.get(key))), 0)
        days = Item(name="wait_days", low=0, high=math.inf, step=None).read(wait)
        found.append(
            Service(
                id=str(one.get("id") or name),
                name=name,
                covers=tuple(tag.strip().lower() for tag in tags if tag.strip()),
                wait_days=days or 0.0,
            )
        )
    return found


def _list(body: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = body.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise BadAnswers("shape", f'"{name}" must be a list of objects.', item=name)
    return rows


def out(
    found: Match,
    needs: list[Need],
    services: list[Service],
    language: str,
    body: Mapping[str, Any],
) -> dict[str, Any]:
    """The answer for JSON: shares in percent, to one place, and unrounded beside them."""
    own = {need.code: need.words for need in needs if need.words}

    def named(code: str) -> str:
        return own.get(code) or words_for(code, language)

    return {
        "total_weight": round(found.total, 6),
        "offers": [_offer(offer, named) for offer in found.offers],
        "coverage_percent": round(100 * found.coverage, 1),
        "coverage": found.coverage,
        "uncovered": [{"code": code, "words": named(code)} for code in found.uncovered],
        "covered_in_part": [{"code": code, "words": named(code)} for code in found.in_part],
        "services": [
            {"id": one.id, "name": one.name, "alone_percent": round(100 * share, 1), "alone": share}
            for one, share in zip(services, found.alone, strict=True)
        ],
        "not_used": sorted(NOT_INPUTS & set(body)),
    }


def _offer(offer: Offer, named: Any) -> dict[str, Any]:
    return {
        "id": offer.service.id,
        "name": offer.service.name,
        "alone_percent": round(100 * offer.alone, 1),
        "adds_percent": round(100 * offer.adds, 1),
        "covers": list(offer.covered),
        "covers_new": list(offer.new),
        "covers_in_part": list(offer.in_part),
        "reason": "covers " + joined([named(code) for code in offer.covered]),
        "wait_days": offer.service.wait_days,
    }


def joined(words: list[str]) -> str:
    """Words as one reads them: "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
