"""Change one's own password."""

from datetime import datetime

from django.contrib.auth import update_session_auth_hash
from django.db import transaction

from alongside.access.asked import Asked
from alongside.audit.actions.record import record
from alongside.office.actions.knock import forgive, knock
from alongside.office.actions.sessions import end_sessions, note_session
from alongside.people.models import User


class WrongOldPassword(Exception):
    """The password until now was another one."""


def change_password(request: Asked, *, old: str, password: str, now: datetime) -> None:
    """Take a new password, keep this session, and end every other one of this person."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - called for somebody signed in
    tries = knock(f"account:{user.email}", now=now)
    if not user.check_password(old):
        raise WrongOldPassword
    forgive(tries)
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        record("people.change_password", by=request.actor, now=now)
        # Gives this session a new key, so that it is not among those that end.
        update_session_auth_hash(request, user)
        end_sessions(user)
        note_session(request, user, request.clinic.pk, now=now)
