"""An instrument's file with words that nobody wrote for it: no licence is needed to test with."""

import json
from typing import Any

from alongside.rules.measures import ALL
from alongside.rules.measures.loading import TRANSLATION, skeleton


def filled(name: str) -> dict[str, Any]:
    """An instrument's empty file, with words that nobody wrote for it."""
    page = skeleton(ALL[name])
    page["title"] = "An invented form"
    for item in page["item"]:
        item["text"] = f"Invented question {item['linkId']}"
        for option in item.get("answerOption", []):
            option["valueCoding"]["display"] = f"Answer {option['valueCoding']['code']}"
    return page


def translated(words: str) -> dict[str, Any]:
    parts = [{"url": "lang", "valueCode": "fr"}, {"url": "content", "valueString": words}]
    return {"extension": [{"url": TRANSLATION, "extension": parts}]}


def in_french_too(page: dict[str, Any]) -> dict[str, Any]:
    page["_title"] = translated("Un formulaire inventé")
    for item in page["item"]:
        item["_text"] = translated(f"Question inventée {item['linkId']}")
        for option in item.get("answerOption", []):
            option["valueCoding"]["_display"] = translated("Une réponse")
    return page


def raw(page: object) -> bytes:
    return json.dumps(page).encode()
