"""Open every address there is, as everybody there is, and look at every byte that comes out."""

import hashlib
import itertools
import re
import uuid
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import quote

from conftest import NOW, signed_in
from django.apps import apps
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from alongside.access.actions.links import give_link
from alongside.access.policy import row_for
from alongside.access.who import DEVICE_COOKIE
from alongside.audit.models import Entry
from alongside.clinics.current import across_clinics
from alongside.office.actions.staff_links import invite, seat_link
from alongside.people.actors import ActorKind, of_staff
from alongside.visits.actions.feed import make_feed
from tests.house.canaries import Planted, Seeds, Sown, of_clinics

STAFF = ("desk", "therapist", "trainer", "manager")
PRINCIPALS = ("anyone", "kiosk", "screen", "client", *STAFF, "ex-staff")
# Words in an address that are not the name of a model.
MEANS = {"therapist": "staff", "colleague": "staff", "series": "visit", "close_one": "closeone"}
# What differs between any two answers: form tokens, nonces, and until when a cookie lasts.
PASSING = re.compile(
    rb'(?:name="csrfmiddlewaretoken" value="|nonce[=-]["\']?)[\w+/=-]+'
    rb"|alongside-csrf=\w+|expires=[^;]+"
)
SOON = NOW + timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the product: its name in the table, and what it is called with."""

    name: str
    asks: tuple[str, ...]

    @property
    def has_secret(self) -> bool:
        """Whether a secret in it decides, and not who opens it."""
        return bool({"token", "code", "secret"} & set(self.asks))


def addresses() -> list[Address]:
    """Walk the resolver: every address there is."""
    return sorted(set(_walk(get_resolver())), key=lambda one: (one.name, one.asks))


def _walk(resolver: URLResolver, space: str = "") -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner)
        elif isinstance(entry, URLPattern):
            asks = tuple(entry.pattern.converters)
            yield Address(f"{space}{entry.name}" if entry.name else "", asks)


@dataclass
class Probe:
    """One request and what came back."""

    address: Address
    who: str
    of: Sown
    aim: str
    method: str
    status: int
    words: set[Planted]
    same: str
    changed: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.address.name} as {self.who} of {self.of.letter}: {self.aim}"


@dataclass
class Sweep:
    """Both clinics, a browser for everybody, and what they found."""

    seeds: Seeds
    clinics: tuple[Sown, Sown]
    browsers: dict[tuple[str, str], Browser] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)

    def other(self, here: Sown) -> Sown:
        """Give the other clinic."""
        return next(one for one in self.clinics if one is not here)

    def before(self, sown: Sown) -> str:
        """Give a clinic's rows as they are at the start of every request: each is taken back."""
        if sown.letter not in self.pictures:
            # What a secret adds (a link, an invitation) is no trace of a request.
            self.pictures[sown.letter] = picture(sown)
        return self.pictures[sown.letter]

    def browser(self, who: str, here: Sown) -> Browser:
        """Give the browser of somebody, signed in as far as they can be."""
        key = (who, here.letter)
        if key not in self.browsers:
            browser = Browser(raise_request_exception=False)
            if who in here.staff:
                signed_in(browser, here.staff[who])
            elif who in here.devices:
                browser.cookies[DEVICE_COOKIE] = here.devices[who]
            self.browsers[key] = browser
        return self.browsers[key]

    def ask(self, address: Address, who: str, here: Sown, aim: str, method: str) -> Probe:
        """Send one request; whatever it wrote is taken back."""
        there = {"own": here, "other": self.other(here), "nobody": None}[aim]
        # Signed in before, not inside: what is written inside is taken back.
        browser = self.browser(who, here)
        with transaction.atomic():
            path = reverse(address.name, kwargs=arguments(address, there))
            cookies = deepcopy(browser.cookies)
            answer = browser.generic(method, path)
            browser.cookies = cookies
            said = everything(answer)
            # Whoever the table refuses never reached a view; the others must leave no trace there.
            reached = method == "POST" and answer.status_code not in (401, 403, 404, 405)
            reached = reached or (method == "POST" and aim == "other" and may(address, who, method))
            changed = reached and picture(self.other(here)) != self.before(self.other(here))
            transaction.set_rollback(True)
        # What was asked for may be said back, as the page to return to; nothing else may differ.
        told = PASSING.sub(b"", said.replace(path.encode(), b"")).replace(quoted(path), b"")
        same = hashlib.sha256(told).hexdigest()
        words = self.seeds.found_in(said)
        return Probe(address, who, here, aim, method, answer.status_code, words, same, changed)

    def all(
        self, method: str, who: tuple[str, ...] = PRINCIPALS, *, secrets: bool = True
    ) -> Iterator[Probe]:
        """Send every request of a method: each address, everybody, own and other rows and none."""
        asked = [one for one in addresses() if secrets or not one.has_secret]
        for address, name, here in itertools.product(asked, who, self.clinics):
            for aim in self.aims(address, name, here, method):
                yield self.ask(address, name, here, aim, method)

    def aims(self, address: Address, who: str, here: Sown, method: str) -> tuple[str, ...]:
        """Say at whose rows a request aims: whoever is refused anyway is asked once, or twice."""
        if not may(address, who, method) and not address.has_secret:
            return (("other", "own") if address.asks else ("own",)) if here.letter == "s" else ()
        if address.has_secret:
            # Whoever holds the secret may; that it opens nothing else has its own tests.
            return ("own", "nobody")
        return ("own", "other", "nobody") if address.asks else ("own",)


def quoted(path: str) -> bytes:
    """Give a path as it stands in a query."""
    return quote(path, safe="").encode()


def everything(answer: HttpResponse) -> bytes:
    """Give every byte of an answer: headers, cookies, and what it streams."""
    if answer.streaming:
        body = b"".join(itertools.islice(answer.streaming_content, 2000))  # type: ignore[attr-defined]
    else:
        body = answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(answer.items()))
    return headers.encode() + b"\n" + answer.cookies.output().encode() + b"\n" + body


def picture(sown: Sown) -> str:
    """Give a digest over every row of a clinic."""
    digest = hashlib.sha256()
    with sown.inside():
        for model in of_clinics():
            for row in model.objects.order_by("pk").values_list():
                digest.update(repr(row).encode())
    return digest.hexdigest()


def arguments(address: Address, there: Sown | None) -> dict[str, Any]:
    """Give what an address is called with: rows of a clinic, or what nobody has."""
    if there is None:
        return {name: nobodys(name) for name in address.asks}
    found = {}
    for name in address.asks:
        maker = MAKERS.get((address.name, name)) or MAKERS.get(("", name)) or of_a_row(name)
        found[name] = maker(address, there)
    return found


def nobodys(name: str) -> Any:
    """Give a key or a secret that nothing has."""
    return uuid.UUID(int=7, version=4) if name not in WORDS else "nobody-has-this-one"


def of_a_row(name: str) -> Callable[[Address, Sown], Any]:
    """Find the model that a word in an address means, and give the key of one of its rows."""
    meant = name.removesuffix("_id")
    model = by_name().get(MEANS.get(meant, meant.replace("_", "")))
    assert model, f"Teach tests/house/sweep.py what {name!r} in an address means."
    return lambda _address, there: there.row(model).pk


@cache
def by_name() -> dict[str, type[models.Model]]:
    """Give the models of clinics by their names in small letters."""
    return {model.__name__.lower(): model for model in of_clinics()}


def _link(address: Address, there: Sown) -> str:
    row = row_for(address.name)
    assert row is not None
    assert row.link, f"Teach tests/house/sweep.py which token {address.name} takes."
    with there.inside():
        visit = there.visits[0]
        return give_link(visit.client, purpose=row.link, subject=visit.pk, now=NOW, until=SOON)


def _seat(address: Address, there: Sown) -> str:
    with there.inside():
        return seat_link(there.staff["desk"], now=NOW, lasts=timedelta(hours=1))


def _invitation(address: Address, there: Sown) -> str:
    by = of_staff(there.staff["manager"])
    with there.inside():
        return invite(there.staff["desk"], by=by, now=NOW)


def _feed(address: Address, there: Sown) -> str:
    joon = there.staff["therapist"]
    with there.inside():
        return make_feed(joon, by=of_staff(joon), now=NOW)


MAKERS: dict[tuple[str, str], Callable[[Address, Sown], Any]] = {
    ("", "token"): _link,
    ("", "code"): lambda _address, there: there.clinic.door_code,
    ("", "shell"): lambda _address, _there: "staff",
    ("", "clinic_id"): lambda _address, there: there.clinic.pk,
    ("", "key"): lambda _address, _there: "a-key-of-the-kiosk",
    ("office:enter", "token"): _seat,
    ("office:invitation", "token"): _invitation,
    ("visits:feed", "token"): _feed,
    ("office:device-enter", "token"): lambda _address, there: there.devices["kiosk"],
}
WORDS = {name for _, name in MAKERS}


def may(address: Address, who: str, method: str) -> bool:
    """Tell whether the table lets somebody send this."""
    row = row_for(address.name)
    if row is None or who not in ActorKind._value2member_map_:
        return False
    return ActorKind(who) in (row.read if method == "GET" else row.send)


def entries() -> int:
    """Count the rows of the record, in all clinics."""
    with across_clinics("a test counts everything"):
        return Entry.objects.count()


def models_of_people() -> set[str]:
    """Name the models whose words tell something about a client."""
    about = {"Client", "Card"}
    for model in apps.get_models():
        if any(
            isinstance(one, models.ForeignKey) and one.related_model.__name__ == "Client"
            for one in model._meta.concrete_fields
        ):
            about.add(model.__name__)
    return about
