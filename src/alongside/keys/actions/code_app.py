"""A code app: six digits that change every half minute."""

from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.db import transaction

from alongside.keys.adapter import Unreadable
from alongside.people.models import User


def new_secret() -> str:
    """Make the secret that the app and we will share."""
    return str(auth.generate_totp_secret())


def address_for(user: User, secret: str) -> str:
    """Give the address that a code app reads, as a code to scan or a link to open."""
    return str(get_adapter().build_totp_url(user, secret))


@transaction.atomic
def take_up(user: User, secret: str, code: str, *, now: datetime) -> bool:
    """Keep a code app, in the place of an older one, if it shows the right code."""
    counter = _counter(secret, code)
    if counter is None:
        return False
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    kept = auth.TOTP.activate(user, secret).instance
    # The code that proved it has been used.
    kept.data["last"] = counter
    kept.created_at = now
    kept.save(update_fields=["data", "created_at"])
    return True


@transaction.atomic
def shows_code(user: User, code: str, *, now: datetime) -> bool:
    """Check a code. Each counts once, in every process: read over a shoulder, it opens nothing."""
    rows = Authenticator.objects.select_for_update()
    found = rows.filter(user=user, type=Authenticator.Type.TOTP).first()
    if found is None:
        return False
    try:
        counter = _counter(get_adapter().decrypt(found.data["secret"]), code)
    except Unreadable:
        return False
    if counter is None or counter <= found.data.get("last", 0):
        return False
    found.data["last"] = counter
    found.last_used_at = now
    found.save(update_fields=["data", "last_used_at"])
    return True


def _counter(secret: str, code: str) -> int | None:
    """Find the half minute that a code belongs to: this one, the last or the next."""
    for counter in auth.yield_hotp_counters_from_time():
        expected = auth.format_hotp_value(auth.hotp_value(secret, counter))
        if compare_user_code(actual=code, expected=expected):
            return int(counter)
    return None
