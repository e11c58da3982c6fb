"""Open every address there is, as everybody there is, and look at every byte that comes out."""

import hashlib
import itertools
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import quote

from conftest import NOW, signed_in
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from alongside.access import own
from alongside.access.actions.links import give_link
from alongside.access.guesses import guesses
from alongside.access.models import Glass
from alongside.access.policy import is_shared, lets, row_for
from alongside.access.who import DEVICE_COOKIE, GLASS
from alongside.audit.models import Entry
from alongside.clinics.current import across_clinics, working_in
from alongside.clinics.models import Clinic
from alongside.clinics.scoped import OfClinic
from alongside.network.actions.admins import appoint, office_of
from alongside.office.actions.staff_links import invite, seat_link
from alongside.parts import registry
from alongside.people.actors import Actor, ActorKind, of_staff
from alongside.people.models import Client, CloseOne, Staff, User
from alongside.visits.actions.feed import make_feed
from tests.house.canaries import Planted, Seeds, Sown, of_clinics

STAFF = ("desk", "therapist", "trainer", "manager")
# A client and a close one signed in to their own page; `glass` is the network's, looking in.
PRINCIPALS = (
    "anyone", "kiosk", "screen", "client", "close_one", *STAFF, "network", "glass", "ex-staff",
)  # fmt: skip
# Somebody close who was given nothing at all.
STRANGER = "close_one given nothing"
OF_CLIENT = ("client", "close_one", STRANGER)
NOBODY_ELSE, SISTER, FOREIGN, NEIGHBOUR, OWN_ROWS = (
    "nobody", "sister", "foreign", "neighbour", "own",
)  # fmt: skip
# What anybody may cause to be written who is refused: that they were here, and that they tried.
TRACES = {"django_session", "office_knock", "access_attempt"}
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
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
    wrote: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.method} {self.address.name} as {self.who} of {self.of.letter}: {self.aim}"


@dataclass
class Sweep:
    """The clinic whose people ask, its sister, a foreign one; and a browser for everybody."""

    seeds: Seeds
    clinics: tuple[Sown, ...]
    browsers: dict[tuple[str, str], Browser] = field(default_factory=dict)
    pictures: dict[tuple[str, str], str] = field(default_factory=dict)

    def there(self, here: Sown, aim: str) -> Sown | None:
        """Give the clinic at whose rows a request aims."""
        others = [one for one in self.clinics if one is not here]
        aims = {SISTER: others[0], FOREIGN: others[-1], NOBODY_ELSE: None}
        return aims.get(aim, here)

    def picture(self, sown: Sown, table: str) -> str:
        """Give a clinic's rows of a table as they were before anything was asked."""
        key = (sown.letter, table)
        if key not in self.pictures:
            self.pictures[key] = picture(sown, table)
        return self.pictures[key]

    def take_pictures(self) -> None:
        """Look at all rows of all clinics, before anything is asked."""
        for sown in self.clinics:
            for table in by_table():
                self.picture(sown, table)

    def browser(self, who: str, here: Sown) -> Browser:
        """Give the browser of somebody, signed in as far as they can be."""
        key = (who, here.letter)
        if key not in self.browsers:
            browser = Browser(raise_request_exception=False)
            if who in here.staff:
                signed_in(browser, here.staff[who])
            elif who in OF_CLIENT:
                sign_in_own(browser, here, who)
            elif who in ("network", "glass"):
                sign_in_network(browser, here, looks_in=who == "glass")
            elif who in here.devices:
                browser.cookies[DEVICE_COOKIE] = here.devices[who]
            self.browsers[key] = browser
        return self.browsers[key]

    def ask(self, address: Address, who: str, here: Sown, aim: str, method: str) -> Probe:
        """Send one request; whatever it wrote is taken back."""
        there = self.there(here, aim)
        # Signed in before, not inside: what is written inside is taken back.
        browser = self.browser(who, here)
        guesses.forget()
        with transaction.atomic():
            path = reverse(address.name, kwargs=arguments(address, there, theirs=aim == NEIGHBOUR))
            cookies = deepcopy(browser.cookies)
            with writing() as wrote:
                answer = browser.generic(method, path)
            browser.cookies = cookies
            said = everything(answer)
            # What a secret adds in its own clinic (a link, an invitation) is no trace of a request.
            is_own = aim == OWN_ROWS or not address.has_secret
            changed = is_own and self.touched(here, wrote)
            transaction.set_rollback(True)
        # What was asked for may be said back, as the page to return to; nothing else may differ.
        told = PASSING.sub(b"", said.replace(path.encode(), b"")).replace(quoted(path), b"")
        return Probe(
            address=address,
            who=who,
            of=here,
            aim=aim,
            method=method,
            status=answer.status_code,
            words=self.seeds.found_in(said),
            same=hashlib.sha256(told).hexdigest(),
            changed=changed,
            wrote=frozenset(wrote),
        )

    def touched(self, here: Sown, wrote: Iterable[str]) -> bool:
        """Tell whether what was written changed a row of a clinic that is not the asker's."""
        return any(
            picture(one, table) != self.picture(one, table)
            for one in self.clinics
            if one is not here
            for table in wrote
        )

    def all(
        self,
        method: str,
        who: tuple[str, ...] = (*PRINCIPALS, STRANGER),
        *,
        secrets: bool = True,
    ) -> Iterator[Probe]:
        """Send every request of a method: each address, everybody, at everybody's rows."""
        here = self.clinics[0]
        asked = [one for one in addresses() if secrets or not one.has_secret]
        for address, name in itertools.product(asked, who):
            for aim in aims(address, name, method):
                yield self.ask(address, name, here, aim, method)


def aims(address: Address, who: str, method: str) -> tuple[str, ...]:
    """Say at whose rows a request aims."""
    if not address.asks:
        return (OWN_ROWS,)
    if address.has_secret:
        return (OWN_ROWS, SISTER, NOBODY_ELSE)
    if not may(address, who, method):
        return (OWN_ROWS, SISTER, FOREIGN)
    has_rows = any(ask.endswith("_id") for ask in address.asks)
    neighbours = (NEIGHBOUR,) if who in OF_CLIENT and has_rows else ()
    return (OWN_ROWS, SISTER, FOREIGN, NOBODY_ELSE, *neighbours)


def sign_in_own(browser: Browser, here: Sown, who: str) -> None:
    """Sign in the client who asks, or somebody close to them, by their letter."""
    with here.inside():
        somebody: Client | CloseOne = here.me
        if who != "client":
            given = list(registry.rights(())) if who == "close_one" else []
            somebody = here.make(
                CloseOne,
                client=here.me,
                relation="friend",
                rights=given,
                may_act=True,
                begins_on=NOW.date(),
            )
    session = browser.session
    session[own.KEY] = {"email": somebody.email.lower(), "chosen": str(somebody.pk)}
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


def sign_in_network(browser: Browser, here: Sown, *, looks_in: bool) -> None:
    """Sign in whoever looks after the network of a clinic, and let them look in."""
    email = f"network-{here.letter}-{looks_in}@example.org".lower()
    appoint(here.clinic.network, email, name="Robin", now=NOW)
    with working_in(office_of(here.clinic.network)):
        robin = Staff.objects.select_related("user").get(user__email=email)
    signed_in(browser, robin)
    if not looks_in:
        return
    with here.inside():
        glass = Glass.objects.create(
            who=robin.pk,
            who_label="Robin",
            reason="A test looks in.",
            began_at=NOW,
            until=NOW + timedelta(hours=1),
        )
    session = browser.session
    session[GLASS] = str(glass.pk)
    session.save()


@contextmanager
def writing() -> Iterator[set[str]]:
    """Name the tables that are written to meanwhile."""
    tables: set[str] = set()

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.match(sql)
        if found:
            tables.add(found.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield tables


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


def picture(sown: Sown, table: str) -> str:
    """Give a digest over a clinic's rows of a table; also of what tells about it in others."""
    model = by_table().get(table)
    if model is None:
        return ""
    with across_clinics("a test looks at every row there is"):
        rows = model._base_manager.order_by("pk")
        if issubclass(model, OfClinic):
            rows = rows.filter(clinic=sown.clinic)
        elif model is Clinic:
            rows = rows.filter(pk=sown.clinic.pk)
        elif model is User:
            rows = rows.filter(works_as__clinic=sown.clinic)
        else:
            return ""
        return hashlib.sha256(repr(list(rows.values_list())).encode()).hexdigest()


@cache
def by_table() -> dict[str, type[models.Model]]:
    """Give the models by their tables."""
    return {model._meta.db_table: model for model in apps.get_models()}


def arguments(address: Address, there: Sown | None, *, theirs: bool = False) -> dict[str, Any]:
    """Give what an address is called with: rows of a clinic, another client's, or nobody's."""
    if there is None:
        return {name: nobodys(name) for name in address.asks}
    found = {}
    for name in address.asks:
        if theirs and (row := there.theirs.get(meant_by(name))):
            found[name] = row.pk
            continue
        maker = MAKERS.get((address.name, name)) or MAKERS.get(("", name)) or of_a_row(name)
        found[name] = maker(address, there)
    return found


def nobodys(name: str) -> Any:
    """Give a key or a secret that nothing has."""
    return uuid.UUID(int=7, version=4) if name not in WORDS else "nobody-has-this-one"


def of_a_row(name: str) -> Callable[[Address, Sown], Any]:
    """Find the model that a word in an address means, and give the key of one of its rows."""
    model = meant_by(name)
    assert model, f"Teach tests/house/sweep.py what {name!r} in an address means."
    return lambda _address, there: there.row(model).pk


def meant_by(name: str) -> type[Any] | None:
    """Give the model that a word in an address means."""
    meant = name.removesuffix("_id")
    return by_name().get(MEANS.get(meant, meant.replace("_", "")))


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
    ("", "measure"): lambda _address, _there: "barthel",
    ("", "clinic_id"): lambda _address, there: there.clinic.pk,
    ("", "key"): lambda _address, _there: "a-key-of-the-kiosk",
    ("demo:own-page", "name"): lambda _address, _there: "amara",
    ("office:enter", "token"): _seat,
    ("office:invitation", "token"): _invitation,
    ("visits:feed", "token"): _feed,
    ("office:device-enter", "token"): lambda _address, there: there.devices["kiosk"],
}
WORDS = {name for _, name in MAKERS} - {"clinic_id"}


def may(address: Address, who: str, method: str) -> bool:
    """Tell whether the table lets somebody send this."""
    row = row_for(address.name)
    if row is None or who == "ex-staff":
        return False
    actor = actor_of(who)
    sends = method != "GET"
    return lets(row, actor, sends=sends, name=address.name) and is_shared(row, actor, sends=sends)


def actor_of(who: str) -> Actor:
    """Give what the table looks at, of each of them."""
    if who == "glass":
        return Actor(kind=ActorKind.NETWORK, glass_until=NOW)
    if who == STRANGER:
        return Actor(kind=ActorKind.CLOSE_ONE, may_act=True)
    rights = frozenset(registry.rights(())) if who == "close_one" else frozenset()
    return Actor(kind=ActorKind(who), rights=rights, may_act=True)


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
