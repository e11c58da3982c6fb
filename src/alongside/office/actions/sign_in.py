"""Come in and go out again."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.office.actions.knock import forgive, knock
from alongside.office.models import SignedIn
from alongside.office.queries.works import works_of
from alongside.people.actors import of_staff
from alongside.people.models import Staff, User


def who_is_this(email: str, password: str, *, address: str, now: datetime) -> User | None:
    """Check a password; None whatever was wrong. Raises TooManyTries before anything is hashed."""
    tries = knock(f"account:{email.strip().lower()}", f"address:{address}", now=now)
    user = authenticate(username=email.strip().lower(), password=password)
    if not isinstance(user, User) or not works_of(user):
        return None
    forgive(tries)
    return user


def let_in(request: HttpRequest, staff: Staff, *, how: str, now: datetime) -> None:
    """Open a new session for somebody, in the clinic where they work as this member of staff."""
    # Nothing of an older session survives: neither its key nor what a stranger put into it.
    request.session.flush()
    login(request, staff.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["clinic"] = str(staff.clinic_id)
    note_session(request, staff.user, staff.clinic_id, now=now)
    with working_in(staff.clinic_id):
        record("people.sign_in", by=of_staff(staff), now=now, detail={"how": how})


def note_session(request: HttpRequest, user: User, clinic: UUID, *, now: datetime) -> None:
    """Remember an open session, so that it can be ended from elsewhere."""
    request.session.save()
    key = request.session.session_key or ""
    SignedIn.objects.create(user=user, session_key=key, clinic_id=clinic, began_at=now)


def let_out(request: HttpRequest, *, now: datetime) -> None:
    """End this session."""
    SignedIn.objects.filter(session_key=request.session.session_key or "").delete()
    actor = getattr(request, "actor", None)
    if actor is not None and actor.is_staff:
        record("people.sign_out", by=actor, now=now)
    logout(request)


def end_sessions(user: User, *, clinic: UUID | None = None) -> int:
    """End every session of a person (in one clinic, or everywhere), and say how many there were."""
    theirs = SignedIn.objects.filter(user=user)
    if clinic is not None:
        theirs = theirs.filter(clinic_id=clinic)
    keys = list(theirs.values_list("session_key", flat=True))
    Session.objects.filter(pk__in=keys).delete()
    theirs.delete()
    return len(keys)
