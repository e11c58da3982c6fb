"""Clinics full of words that occur nowhere else, one for every text field of every model.

Models are found by looking, so a new one is sown without a line here. In the clinic whose people
ask (`h`), what is about other clients than the one who asks carries a letter of its own (`n`).
"""

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from conftest import NOW
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from alongside.access.actions.devices import add_device
from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic, Network, VisitKind
from alongside.clinics.scoped import OfClinic
from alongside.people.actors import Actor, ActorKind, of_staff
from alongside.people.models import Client, Role, Staff, User
from alongside.visits.models import State, Visit

# A word is "q7", the clinic's letter, and a number that nothing else spells.
WORD = re.compile(rb"q7[hsfn][0-9a-z]{3,5}")
NEIGHBOUR = "n"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SHORT, LONG = 6, 8
# Text that the code reads, not people: a word in it would only break the page.
READ_BY_CODE = {
    "zone_name",
    "language",
    "verb",
    "actor_kind",
    "previous",
    "password",
    "photo",
    "template",
    "last_error",
}
# Names that the code looks up, and would not find otherwise.
NAMED = {"measure": "what-matters"}
MADE_BY_ACTIONS = {"Entry", "Head"}


@dataclass(frozen=True, slots=True)
class Planted:
    """Where a word was written."""

    letter: str
    model: str
    field: str

    def __str__(self) -> str:
        return f"{self.model}.{self.field}"


@dataclass(slots=True)
class Seeds:
    """Every word that was planted, and where."""

    known: dict[bytes, Planted] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def word(self, letter: str, model: str, name: str, room: int) -> str:
        """Make a word for a field, and remember it."""
        number = next(self.numbers)
        size = (LONG if room >= LONG else SHORT) - 3
        # Far apart and not in order, so that no page spells one by chance.
        number = number * 7919 % len(DIGITS) ** size
        spelt = "".join(DIGITS[number // len(DIGITS) ** place % 36] for place in range(size))
        word = f"q7{letter}{spelt}"
        assert word.encode() not in self.known
        self.known[word.encode()] = Planted(letter, model, name)
        return word

    def found_in(self, text: bytes) -> set[Planted]:
        """Name the fields whose words stand in a text."""
        low = text.lower()
        found = set()
        for match in WORD.finditer(low):
            for size in (LONG, SHORT):
                planted = self.known.get(match.group()[:size])
                if planted:
                    found.add(planted)
        return found


def of_clinics() -> list[type[OfClinic]]:
    """Give every model whose rows belong to a clinic."""
    return [model for model in apps.get_models() if issubclass(model, OfClinic)]


@dataclass
class Sown:
    """One clinic, full of words."""

    letter: str
    seeds: Seeds
    clinic: Clinic
    staff: dict[str, Staff] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    # Rows about another client than the one who asks, by their model.
    theirs: dict[type[models.Model], models.Model] = field(default_factory=dict)
    writes_as: str = ""

    @property
    def me(self) -> Client:
        """The client who asks."""
        return self.visits[0].client

    @contextmanager
    def about_another(self) -> Iterator[None]:
        """Write what is about another client with their letter."""
        self.writes_as = NEIGHBOUR
        yield
        self.writes_as = ""

    @contextmanager
    def inside(self) -> Iterator[None]:
        with working_in(self.clinic):
            yield

    def row(self, model: type[OfClinic]) -> OfClinic:
        """Give a row of this clinic."""
        with self.inside():
            found = model.objects.order_by("pk").first()
            assert found is not None, f"Nothing was sown for {model.__name__}."
            return found

    def make(self, model: type[models.Model], **given: Any) -> Any:
        """Make a row with a word in every text field, whatever the model is."""
        values = dict(given)
        for one in model._meta.concrete_fields:
            if one.name not in values and one.attname not in values and not one.primary_key:
                value = self._value(model, one)
                if value is not None:
                    values[one.name] = value
        row = model(**values)
        row.save()
        return row

    def _value(self, model: type[models.Model], one: models.Field) -> Any:
        if isinstance(one, models.ForeignKey):
            return self._related(model, one)
        if isinstance(one, models.CharField | models.TextField):
            return self._text(model, one)
        if one.has_default() or one.null or one.auto_created:
            return None
        plain: dict[type[models.Field], Any] = {
            models.DateTimeField: NOW,
            models.DateField: date(2026, 11, 24),
            models.TimeField: time(8 + _place(model, one)),
            models.DurationField: timedelta(minutes=30),
            models.BooleanField: True,
            models.IntegerField: 1,
            models.FloatField: 0.5,
            models.DecimalField: Decimal(0),
            models.UUIDField: self.clinic.pk,
            models.JSONField: {},
        }
        return next((value for kind, value in plain.items() if isinstance(one, kind)), None)

    def _related(self, model: type[models.Model], one: models.ForeignKey) -> Any:
        there = one.related_model
        if one.name == "clinic":
            return self.clinic
        if one.null:
            return None
        if there is User:
            return self.make(User, is_superuser=False)
        taken = model._base_manager.values(one.attname) if one.unique else []
        free = there._default_manager.order_by("pk").exclude(pk__in=taken).first()
        return free or self.make(there)

    def _text(self, model: type[models.Model], one: models.Field) -> str | None:
        if one.choices:
            return None if one.has_default() or one.blank else str(one.flatchoices[0][0])
        room = one.max_length or 99
        if one.name in NAMED:
            return NAMED[one.name]
        if one.name in READ_BY_CODE or room < SHORT:
            return None
        letter = self.writes_as or self.letter
        word = self.seeds.word(letter, model.__name__, one.name, room)
        return f"{word}@example.org" if isinstance(one, models.EmailField) else word


def _place(model: type[models.Model], one: models.Field) -> int:
    """Count the fields of this kind before this one: what begins comes before what ends."""
    alike = [other for other in model._meta.concrete_fields if isinstance(other, type(one))]
    return alike.index(one)


def sow(letter: str, network: Network, seeds: Seeds, *, neighbours: bool = False) -> Sown:
    """Make a clinic with everybody in it, and a row of every model there is.

    `neighbours`: with a second row of all that belongs to a client, for another client.
    """
    sown = Sown(letter, seeds, None)  # type: ignore[arg-type]
    sown.clinic = sown.make(Clinic, network=network, languages=["en", "fr"])
    with sown.inside():
        for role in Role.values:
            sown.staff[role] = sown.make(Staff, role=role)
        sown.staff["ex-staff"] = sown.make(Staff, role="manager", is_active=False)
        sown.make(VisitKind)
        _a_day(sown, neighbours=neighbours)
        noor = of_staff(sown.staff["manager"])
        for kind in ("kiosk", "screen"):
            name = seeds.word(letter, "Device", "name", 60)
            sown.devices[kind] = add_device(name=name, kind=kind, by=noor, now=NOW)[1]
        label = seeds.word(letter, "Entry", "actor_label", 120)
        somebody = Actor(kind=ActorKind.DESK, clinic=sown.clinic.pk, label=label)
        for client in Client.objects.all():
            record("people.read_card", by=somebody, now=NOW, client=client.pk, is_read=True)
        for model in of_clinics():
            if model.__name__ not in MADE_BY_ACTIONS and not model.objects.exists():
                sown.make(model)
        if neighbours:
            with sown.about_another():
                _of_another(sown)
    return sown


def _of_another(sown: Sown) -> None:
    """Give the second client a row of all that belongs to a client, and of what belongs to that."""
    sown.theirs = {Client: sown.visits[1].client, Visit: sown.visits[1]}
    for model in [*of_clinics(), *of_clinics()]:
        given = {
            one.name: sown.theirs[one.related_model]
            for one in model._meta.concrete_fields
            if isinstance(one, models.ForeignKey) and one.related_model in sown.theirs
        }
        if not given or model in sown.theirs or model.__name__ in MADE_BY_ACTIONS:
            continue
        try:
            with transaction.atomic():
                sown.theirs[model] = sown.make(model, **given)
        except (IntegrityError, ValidationError):
            # There is one already, or it may not be a second time: that one is somebody else's.
            continue


def _a_day(sown: Sown, *, neighbours: bool) -> None:
    """Put a visit into each state of the day, each of somebody else."""
    therapist = sown.staff["therapist"]
    planned = timedelta(minutes=20)
    times = {"arrived_at": NOW - timedelta(minutes=9), "started_at": NOW - timedelta(minutes=5)}
    for place, state in enumerate((State.BOOKED, State.HERE, State.CALLED, State.WITH)):
        known = dict(times) if state is not State.BOOKED else {}
        if state in (State.HERE, State.CALLED):
            del known["started_at"]
        if neighbours and place:
            sown.writes_as = NEIGHBOUR
        sown.visits.append(
            sown.make(
                Visit,
                client=sown.make(Client, prefers="email"),
                therapist=therapist,
                booked_at=NOW + timedelta(minutes=25 * place),
                planned=planned,
                state=state,
                called_at=NOW if state is State.CALLED else None,
                **known,
            )
        )
    sown.writes_as = ""
