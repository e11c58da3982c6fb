"""Set the clinic up: the first thing that anybody does here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic, Network
from alongside.office.actions.clinic import (
    KindLine,
    RoomLine,
    set_hours,
    set_kinds,
    set_rooms,
)
from alongside.office.actions.setup_code import claim_code, is_code
from alongside.office.actions.staff import add_staff, join
from alongside.office.queries.clinic import is_set_up
from alongside.office.spans import Open
from alongside.people.actors import of_staff
from alongside.people.models import Role, Staff


class AlreadySetUp(Exception):
    """There is a clinic here; it is changed in its settings."""


class WrongCode(Exception):
    """Whoever this is did not start this installation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who will work here."""

    name: str
    email: str
    role: str = Role.MANAGER


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The clinic's first manager, and what to hand to each of the others."""

    manager: Staff
    invited: tuple[tuple[Staff, str], ...]


@transaction.atomic
def set_up(
    *,
    code: str,
    about: Mapping[str, Any],
    week: Iterable[Open],
    rooms: Iterable[str],
    kinds: Iterable[KindLine],
    manager: Colleague,
    password: str,
    team: Iterable[Colleague],
    now: datetime,
) -> Ready:
    """Make the clinic and everything that a first day needs, all or nothing."""
    if is_set_up():
        raise AlreadySetUp
    if not is_code(code):
        raise WrongCode
    network = Network.objects.create(name=about["name"])
    clinic = Clinic.objects.create(network=network, **about)
    with working_in(clinic):
        boss = join(name=manager.name, email=manager.email, role=Role.MANAGER)
        boss.user.set_password(password)
        boss.user.save(update_fields=["password"])
        me = of_staff(boss)
        set_hours(week, by=me, now=now)
        set_rooms([RoomLine(name=name) for name in rooms], by=me, now=now)
        set_kinds(kinds, by=me, now=now)
        invited = tuple(
            add_staff(name=one.name, email=one.email, role=one.role, by=me, now=now) for one in team
        )
        record("clinics.set_up", by=me, now=now)
    # Last, and inside: of two people who press the button at once, one makes a clinic.
    if not claim_code():
        raise AlreadySetUp
    return Ready(manager=boss, invited=invited)
