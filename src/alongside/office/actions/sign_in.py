"""Come in and go out again."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest

from alongside.access import presence
from alongside.access.address import household
from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.office.actions.knock import forgive, knock
from alongside.office.actions.lock import may_lock, touch
from alongside.office.actions.sessions import forget_session, note_session
from alongside.office.queries.works import works_of
from alongside.people.actors import of_staff
from alongside.people.models import Staff, User


def who_is_this(email: str, password: str, *, address: str, now: datetime) -> User | None:
    """Check a password; None whatever was wrong. Raises TooManyTries before anything is hashed."""
    account = email.strip().lower()
    tries = knock(f"account:{account}", f"address:{household(address)}", now=now)
    user = authenticate(username=account, password=password)
    if not isinstance(user, User) or not works_of(user):
        return None
    forgive(tries)
    return user


def let_in(request: HttpRequest, staff: Staff, *, how: str, shown: str = "", now: datetime) -> None:
    """Open a new session for somebody, in the clinic where they work as this member of staff.

    `shown`: what they showed besides a password (`access.presence`), if anything.
    """
    # Nothing of an older session survives: neither its key nor what a stranger put into it.
    _leave_behind(request)
    login(request, staff.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[presence.STRONG] = shown
    request.session[presence.FRESH] = now.timestamp()
    _settle(request, staff, how=how, now=now)


def move_to(request: HttpRequest, staff: Staff, *, now: datetime) -> None:
    """Go on in another clinic where one works. The day that began does not begin anew."""
    kept = {key: request.session[key] for key in presence.CARRIED if key in request.session}
    _leave_behind(request)
    login(request, staff.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.update(kept)
    _settle(request, staff, how="chose the clinic", now=now)


def showed_again(request: HttpRequest, *, now: datetime) -> None:
    """Note that somebody has just shown once more that it is them."""
    request.session[presence.FRESH] = now.timestamp()


def let_out(request: HttpRequest, *, now: datetime) -> None:
    """End this session."""
    forget_session(request.session.session_key or "")
    actor = getattr(request, "actor", None)
    if actor is not None and actor.is_staff:
        record("people.sign_out", by=actor, now=now)
    logout(request)


def _leave_behind(request: HttpRequest) -> None:
    if request.session.session_key:
        forget_session(request.session.session_key)
    request.session.flush()


def _settle(request: HttpRequest, staff: Staff, *, how: str, now: datetime) -> None:
    request.session["clinic"] = str(staff.clinic_id)
    may_lock(request, staff)
    touch(request, staff, now=now)
    note_session(request, staff.user, staff.clinic_id, how=how, now=now)
    with working_in(staff.clinic_id):
        record("people.sign_in", by=of_staff(staff), now=now, detail={"how": how})
