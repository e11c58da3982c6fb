"""Recovery codes: on paper, for the day the phone is lost. Each opens once."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import transaction

from alongside.keys.adapter import Unreadable
from alongside.people.models import User

TYPE = Authenticator.Type.RECOVERY_CODES


@transaction.atomic
def new_codes(user: User, *, now: datetime) -> list[str]:
    """Make ten new ones; the old ones open nothing any more."""
    Authenticator.objects.filter(user=user, type=TYPE).delete()
    kept = RecoveryCodes.activate(user)
    kept.instance.created_at = now
    kept.instance.save(update_fields=["created_at"])
    return list(kept.get_unused_codes())


@transaction.atomic
def shows_recovery(user: User, code: str, *, now: datetime) -> bool:
    """Check a recovery code, and use it up."""
    found = Authenticator.objects.select_for_update().filter(user=user, type=TYPE).first()
    if found is None:
        return False
    try:
        is_one = bool(RecoveryCodes(found).validate_code(code))
    except Unreadable:
        return False
    if is_one:
        Authenticator.objects.filter(pk=found.pk).update(last_used_at=now)
    return is_one
