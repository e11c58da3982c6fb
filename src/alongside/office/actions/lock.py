"""Lock a screen, and open it again. What is locked is shut on the server, not only out of sight."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest

from alongside.access import presence
from alongside.audit.actions.record import record
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.keys.actions.pin import choose_pin, remove_pin, shows_pin
from alongside.keys.queries import has_passkey, has_pin
from alongside.office.actions.knock import forgive, knock
from alongside.office.actions.sessions import forget_session
from alongside.people.actors import of_staff
from alongside.people.models import Staff

# Then a password and a second thing are asked for.
MOST = 5


def lock(request: HttpRequest, *, now: datetime) -> bool:
    """Lock this session; False where its person has nothing to open it with again."""
    if not request.session.get(presence.LOCKS):
        return False
    request.session[presence.LOCKED] = now.timestamp()
    return True


def may_lock(request: HttpRequest, staff: Staff) -> None:
    """Note by what this person could open this session again."""
    with working_in(staff.clinic_id):
        ways = (("pin", has_pin(staff)), ("passkey", has_passkey(staff.user)))
    request.session[presence.LOCKS] = " ".join(name for name, there in ways if there)


def opens_by_pin(request: HttpRequest, staff: Staff, pin: str, *, now: datetime) -> bool:
    """Open a locked session by its person's PIN. Raises TooManyTries before anything is hashed."""
    tries = knock(f"pin:{staff.pk}", now=now, most=MOST)
    with working_in(staff.clinic_id):
        if not shows_pin(staff, pin):
            return False
    forgive(tries)
    unlock(request, staff, now=now)
    return True


def unlock(request: HttpRequest, staff: Staff, *, now: datetime) -> None:
    """Give the screen back. It was touched now; the day that began does not begin anew."""
    request.session.pop(presence.LOCKED, None)
    request.session.pop(presence.LOCKS_FROM, None)
    touch(request, staff, now=now)


def touch(request: HttpRequest, staff: Staff, *, now: datetime) -> None:
    """Note that somebody who just came in, or came back, is here."""
    presence.was_here(
        request.session,
        now=now,
        stay=presence.stay_in(staff.clinic, staff.role),
        lock_after=staff.clinic.lock_after,
        speed=clock.speed(),
    )


def give_up(request: HttpRequest, staff: Staff, *, now: datetime) -> None:
    """End a session whose lock was tried too often."""
    forget_session(request.session.session_key or "")
    request.session.flush()
    with working_in(staff.clinic_id):
        record("people.lock_tried", by=of_staff(staff), now=now)


@transaction.atomic
def keep_pin(request: HttpRequest, staff: Staff, pin: str, *, now: datetime) -> None:
    """Choose one's own PIN, or with nothing typed take it away."""
    if pin:
        choose_pin(staff, pin, now=now)
    else:
        remove_pin(staff)
    record("people.choose_pin", by=of_staff(staff), now=now, detail={"kept": bool(pin)})
    may_lock(request, staff)
