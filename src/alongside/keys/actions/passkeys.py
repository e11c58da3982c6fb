"""Passkeys: the device shows that it is hers, and that she unlocked it; no secret leaves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from alongside.keys.adapter import of_this_request
from alongside.people.models import User

# How long a question waits for its answer.
WAITS = timedelta(minutes=5)
UNTIL = "passkey_until"
# What may be wrong with an answer, all of it from outside: each is "no", and none is an error.
WRONG = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError)


@contextmanager
def ask_for(request: HttpRequest, *, now: datetime) -> Iterator[None]:
    """Let a question be asked in this request's session; it waits for its answer, not for ever."""
    request.session[UNTIL] = (now + WAITS).timestamp()
    with of_this_request(request):
        yield


@contextmanager
def answered(request: HttpRequest) -> Iterator[None]:
    """Let an answer be looked at. A question is answered once, rightly or not."""
    with of_this_request(request):
        try:
            yield
        finally:
            auth.clear_state()


def ask_for_new(request: HttpRequest, user: User, *, now: datetime) -> dict[str, Any]:
    """Ask a device to make a passkey that it keeps, finds by itself, and unlocks for each use."""
    with ask_for(request, now=now):
        return dict(auth.begin_registration(user, passwordless=True))


@transaction.atomic
def keep(request: HttpRequest, user: User, name: str, answer: Any, *, now: datetime) -> bool:
    """Keep the passkey that a device made, if this is the answer to what was asked."""
    with answered(request):
        try:
            if not in_time(request, now):
                return False
            auth.parse_registration_response(answer)
            auth.complete_registration(answer)
            kept = auth.WebAuthn.add(user, name, answer).instance
        except WRONG:
            return False
    kept.created_at = now
    kept.save(update_fields=["created_at"])
    return True


def ask_to_show(request: HttpRequest, user: User | None, *, now: datetime) -> dict[str, Any]:
    """Ask for a passkey: of this person, or of whoever is there."""
    with ask_for(request, now=now):
        return dict(auth.begin_authentication(user))


@transaction.atomic
def shows_passkey(
    request: HttpRequest, answer: Any, user: User | None, *, now: datetime
) -> User | None:
    """Give whose passkey this is, and nobody if it is not right; of `user` only, where given."""
    with answered(request):
        try:
            if not in_time(request, now):
                return None
            auth.parse_authentication_response(answer)
            found = user or auth.extract_user_from_response(answer)
            kept = auth.complete_authentication(found, answer)
        except WRONG:
            return None
    Authenticator.objects.filter(pk=kept.pk).update(last_used_at=now)
    return found if isinstance(found, User) and found.is_active else None


@transaction.atomic
def rename(user: User, which: int, name: str) -> bool:
    """Call one of one's own passkeys something else."""
    rows = Authenticator.objects.select_for_update()
    found = rows.filter(user=user, type=Authenticator.Type.WEBAUTHN, pk=which).first()
    if found is None:
        return False
    found.data["name"] = name
    found.save(update_fields=["data"])
    return True


def in_time(request: HttpRequest, now: datetime) -> bool:
    """Tell whether what was asked still waits; from now on it does not."""
    left = float(request.session.pop(UNTIL, 0)) - now.timestamp()
    return 0 < left <= WAITS.total_seconds()
