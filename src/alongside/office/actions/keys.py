"""Change what one shows besides the password, and put it on record."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.keys.actions import code_app, passkeys, recovery
from alongside.keys.actions.remove import remove, remove_all
from alongside.office.actions.sessions import end_sessions
from alongside.office.queries.works import works_of
from alongside.people.actors import Actor, of_staff
from alongside.people.models import Staff, User
from alongside.rules.door.second import needs_second


@transaction.atomic
def take_up_app(user: User, secret: str, code: str, *, now: datetime) -> bool:
    """Take up a code app; the first second thing brings recovery codes with it."""
    if not code_app.take_up(user, secret, code, now=now):
        return False
    _tell("people.add_key", user, now=now, detail={"key": "code app"})
    return True


@transaction.atomic
def keep_passkey(
    request: HttpRequest, user: User, name: str, answer: Any, *, now: datetime
) -> bool:
    """Keep a passkey that a device of this person made."""
    if not passkeys.keep(request, user, name, answer, now=now):
        return False
    _tell("people.add_key", user, now=now, detail={"key": "passkey"})
    return True


@transaction.atomic
def make_codes(user: User, *, now: datetime) -> list[str]:
    """Make new recovery codes in the place of the old."""
    codes = recovery.new_codes(user, now=now)
    _tell("people.make_codes", user, now=now)
    return codes


@transaction.atomic
def drop(user: User, which: int, *, now: datetime) -> bool:
    """Take one of one's own away; raises TheLast where something must stay."""
    must = any(needs_second(one.role) for one in works_of(user))
    gone = remove(user, which, must_keep_one=must)
    if gone:
        _tell("people.remove_key", user, now=now)
    return gone


class WorksElsewhereToo(Exception):
    """What opens another clinic as well is not this clinic's to take away."""


@transaction.atomic
def reset(staff: Staff, *, by: Actor, now: datetime) -> None:
    """For a colleague who lost their phone: take everything away, and end every session.

    They choose a new second thing when they next sign in; until then their password opens nothing.
    Otherwise any clinic could invite a stranger's address, and strip their other work of it.
    """
    if any(one.clinic_id != staff.clinic_id for one in works_of(staff.user)):
        raise WorksElsewhereToo
    remove_all(staff.user)
    end_sessions(staff.user)
    record("people.reset_keys", by=by, now=now, about=str(staff.pk))


def _tell(verb: str, user: User, *, now: datetime, detail: dict[str, str] | None = None) -> None:
    """Put it on record in each clinic where this person works: it concerns them all."""
    for works in works_of(user):
        with working_in(works.clinic_id):
            record(verb, by=of_staff(works), now=now, detail=detail)
