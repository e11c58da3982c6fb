"""Passkeys: the device shows that it is hers, and that she unlocked it; no secret leaves it."""

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


def ask_for_new(request: HttpRequest, user: User, *, now: datetime) -> dict[str, Any]:
    """Ask a device to make a passkey that it keeps, finds by itself, and unlocks for each use."""
    request.session[UNTIL] = (now + WAITS).timestamp()
    with of_this_request(request):
        return dict(auth.begin_registration(user, passwordless=True))


@transaction.atomic
def keep(request: HttpRequest, user: User, name: str, answer: Any, *, now: datetime) -> bool:
    """Keep the passkey that a device made, if this is the answer to what was asked."""
    with of_this_request(request):
        try:
            if not _in_time(request, now):
                return False
            auth.parse_registration_response(answer)
            auth.complete_registration(answer)
            kept = auth.WebAuthn.add(user, name, answer).instance
        except WRONG:
            return False
        finally:
            auth.clear_state()
    kept.created_at = now
    kept.save(update_fields=["created_at"])
    return True


def ask_to_show(request: HttpRequest, user: User | None, *, now: datetime) -> dict[str, Any]:
    """Ask for a passkey: of this person, or of whoever is there."""
    request.session[UNTIL] = (now + WAITS).timestamp()
    with of_this_request(request):
        return dict(auth.begin_authentication(user))


@transaction.atomic
def shows_passkey(
    request: HttpRequest, answer: Any, user: User | None, *, now: datetime
) -> User | None:
    """Give whose passkey this is, and nobody if it is not right; of `user` only, where given."""
    with of_this_request(request):
        try:
            if not _in_time(request, now):
                return None
            auth.parse_authentication_response(answer)
            found = user or auth.extract_user_from_response(answer)
            kept = auth.complete_authentication(found, answer)
        except WRONG:
            return None
        finally:
            # A question is answered once, rightly or not.
            auth.clear_state()
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


def _in_time(request: HttpRequest, now: datetime) -> bool:
    left = float(request.session.pop(UNTIL, 0)) - now.timestamp()
    return 0 < left <= WAITS.total_seconds()
