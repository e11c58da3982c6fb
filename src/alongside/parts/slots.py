"""Who has a panel here? Parts put pieces into each other's pages without knowing each other."""

import logging
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.utils.module_loading import import_string

from alongside.parts import registry
from alongside.parts.part import Panel

logger = logging.getLogger(__name__)
# Every slot that a page offers, and what its functions are called with.
SLOTS = {
    "board.row": "The visits on the board, all asked about at once: (board, rows) -> "
    "{visit: Panel}, whose context is a frozen dataclass of plain values (the piece is kept).",
    "board.panel": "Below the board's lists, or above them for an order below nought: (board).",
    "board.visit": "Staff's page of one visit of today, before anything else for an order below "
    "nought; the desk reads it too: (row, actor).",
    "client.visit": "A client's page while they wait: (visit, token).",
    "client.arrival": "A client's page before the visit: (visit, token).",
    "client.after": "A client's page after the visit: (visit, token).",
    "mine.home": "A client's own page, for them or somebody close to them; nothing is read before "
    "`actor.may_see(right)`: (client, actor).",
    "office.client": "A client's page for staff; the desk reads it too: (client, actor).",
    "office.erasure": "What stands in the way of erasing a client's data: (client, now).",
    "letter.confirmation": "Lines of a confirmation: (visit).",
}


def panels(slot: str, *, off: Collection[str], **about: object) -> list[Panel]:
    """Ask every part that is on for its panel in this slot."""
    found = _answers(slot, off, about)
    return sorted(found, key=lambda panel: panel.order)


def panels_of_rows(slot: str, *, off: Collection[str], **about: object) -> dict[UUID, list[Panel]]:
    """Ask once about many rows, so that a long list costs no more queries than a short one."""
    found: dict[UUID, list[Panel]] = {}
    for answer in _answers(slot, off, about):
        for key, panel in answer.items():
            found.setdefault(key, []).append(panel)
    return {key: sorted(some, key=lambda panel: panel.order) for key, some in found.items()}


def _answers(slot: str, off: Collection[str], about: dict[str, object]) -> list[Any]:
    if slot not in SLOTS:
        raise LookupError(f"No page offers a slot called {slot!r}.")
    filled = (part.slots[slot] for part in registry.on(off) if slot in part.slots)
    answers = (_answer(dotted, about) for dotted in filled)
    return [answer for answer in answers if answer is not None]


def _answer(dotted: str, about: dict[str, object]) -> Any:
    """Ask one part; a part that breaks leaves its place empty, and the page stands."""
    try:
        return import_string(dotted)(**about)
    except DatabaseError:
        # Nothing can be trusted then: the whole page says so (or the whole action is undone).
        raise
    except Exception:
        if settings.DEBUG:
            raise
        logger.exception("The part that fills %s broke; its place stays empty.", dotted)
        return None
