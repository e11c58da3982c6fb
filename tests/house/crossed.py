"""What somebody sends names the row of another: in the address beside their own, or in a form.

For each address that takes something about one client, every row of another client of the same
clinic, and of another clinic, is sent under every name that a view looks for a key under, with
every word that says what to do. Nothing of it may change, and nothing new may hang on it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.urls import resolve, reverse

from alongside.clinics.current import across_clinics
from alongside.people.models import Client
from tests.house.canaries import Sown, of_clinics
from tests.house.sweep import Address, Sweep, addresses, arguments, may, meant_by
from tests.house.tree import SRC

# Names under which a view looks for the key of a row about a client.
KEYS = (
    "achievement", "client", "corrects", "end", "filling", "goal", "page", "proposal", "question",
    "row", "step", "visit",
)  # fmt: skip
# Enough for any form to be read as a whole: then only the key is wrong.
FILLED = {
    "words": "crossed", "did": "crossed", "done": "crossed", "outcome": "crossed", "why": "asked",
    "felt": "heard.yes", "going": "5", "level": "1", "what": "move", "kind": "person",
    "setting": "clinic", "code": "d540", "how": "1", "reason": "",
}  # fmt: skip
SAID = re.compile(r'name="(?:do|becomes)" value="(\w+)"')
ASKS = re.compile(r"\.get\(\s*\"(\w+)\"")


@dataclass(frozen=True, slots=True)
class Crossing:
    """One request that names a row of somebody else's."""

    address: Address
    who: str
    model: type[models.Model]
    does: str
    status: int
    touched: tuple[str, ...]

    def __str__(self) -> str:
        named = f"{self.model.__name__} of another, do={self.does or '-'}"
        return f"{self.address.name} as {self.who}: {named}: {self.status} {self.touched}"


def about_one() -> list[Address]:
    """Give the addresses that take something about one client, and look for a row in it."""
    return [
        one
        for one in addresses()
        if may(one, "client", "POST") or "client_id" in one.asks
        if not one.has_secret and (looks_for(one) or len(one.asks) > 1)
    ]


def looks_for(address: Address) -> set[str]:
    """Name the keys that the module of a view asks for."""
    return set(ASKS.findall(_source(address))) & set(KEYS)


def does(address: Address) -> list[str]:
    """Give what a part's pages say that is to be done, where the view knows it; and nothing."""
    texts = [path.read_text() for path in _part(address).rglob("templates/**/*.html")]
    said = {word for text in texts for word in SAID.findall(text)}
    return ["", *sorted(word for word in said if f'"{word}"' in _source(address))]


def victims(swept: Sweep) -> list[models.Model]:
    """Give the rows of another client of the clinic, and one of each kind of another clinic."""
    here, there = swept.clinics[0], swept.clinics[1]
    foreign = [there.row(model) for model in here.theirs]
    return [*here.theirs.values(), *foreign]


def cross(swept: Sweep, address: Address, who: str) -> Iterator[Crossing]:
    """Send every such request to one address; whatever it wrote is taken back."""
    here = swept.clinics[0]
    near = {_part(address).name, *(["visits"] if "visit" in looks_for(address) else [])}
    for victim in victims(swept):
        if victim._meta.app_label not in near or isinstance(victim, Client):
            continue
        for word in does(address) if looks_for(address) else [""]:
            yield _one(swept, here, address, who, victim, word)


def _one(
    swept: Sweep, here: Sown, address: Address, who: str, victim: models.Model, word: str
) -> Crossing:
    browser = swept.browser(who, here)
    path = reverse(address.name, kwargs=_where(address, here, victim))
    sent = {**FILLED, **dict.fromkeys(KEYS, str(victim.pk)), "do": word, "becomes": word}
    with transaction.atomic():
        before = _marks(victim)
        answer = browser.post(path, sent)
        touched = tuple(sorted(set(_marks(victim)) ^ set(before)))
        transaction.set_rollback(True)
    return Crossing(
        address, who, type(victim), word, answer.status_code, tuple(name for name, _ in touched)
    )


def _where(address: Address, here: Sown, victim: models.Model) -> dict[str, Any]:
    """Give the place of an address: one's own client, and the victim where its kind is meant."""
    given = arguments(address, here)
    if "client_id" in given:
        given["client_id"] = here.me.pk
    for name in given:
        if name != "client_id" and meant_by(name) is type(victim):
            given[name] = victim.pk
    return given


def _marks(victim: models.Model) -> list[tuple[str, str]]:
    """Give the row as it is, and every row that points at it."""
    with across_clinics("a test looks at a row from outside"):
        rows = type(victim)._base_manager.filter(pk=victim.pk)
        found = [(type(victim).__name__, repr(row)) for row in rows.values_list()]
        for model, name in _pointing(type(victim)):
            on = model._base_manager.filter(**{name: victim.pk}).order_by("pk")
            found += [(model.__name__, repr(row)) for row in on.values_list()]
    return found


@cache
def _pointing(there: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    return [
        (model, one.name)
        for model in of_clinics()
        for one in model._meta.concrete_fields
        if isinstance(one, models.ForeignKey) and one.related_model is there
    ]


@cache
def _source(address: Address) -> str:
    """The module of a view, and what it hands on to beside it: `staff` and `staff_does`."""
    import inspect

    module = Path(inspect.getfile(inspect.unwrap(_view(address))))
    return "".join(path.read_text() for path in sorted(module.parent.glob(f"{module.stem}*.py")))


def _part(address: Address) -> Any:
    return SRC / _view(address).__module__.split(".")[1]


@cache
def _view(address: Address) -> Any:
    from tests.house.sweep import nobodys

    return resolve(reverse(address.name, kwargs={one: nobodys(one) for one in address.asks})).func
