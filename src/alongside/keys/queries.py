"""What somebody has to show besides a password."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from alongside.keys.adapter import Unreadable
from alongside.keys.models import Pin
from alongside.people.models import Staff, User

Type = Authenticator.Type
# A recovery code replaces one of these; it is none by itself.
SECOND = (Type.TOTP, Type.WEBAUTHN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One thing that somebody can show, as its owner knows it again."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyring:
    """All that somebody can show."""

    app: Kept | None
    passkeys: tuple[Kept, ...]
    codes_left: int

    @property
    def is_enough(self) -> bool:
        """Whether there is a second thing at all."""
        return bool(self.app or self.passkeys)

    @property
    def is_last(self) -> bool:
        """Whether there is one only, so that it cannot be taken away."""
        return bool(self.app) + len(self.passkeys) == 1


def keyring_of(user: User) -> Keyring:
    """Give everything that a person can show."""
    rows = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    app = next((one for one in rows if one.type == Type.TOTP), None)
    codes = next((one for one in rows if one.type == Type.RECOVERY_CODES), None)
    return Keyring(
        app=_kept(app) if app else None,
        passkeys=tuple(_kept(one) for one in rows if one.type == Type.WEBAUTHN),
        codes_left=len(_unused(codes)) if codes else 0,
    )


def has_second(user: User) -> bool:
    """Tell whether this person can show a second thing."""
    return bool(Authenticator.objects.filter(user=user, type__in=SECOND).exists())


def has_passkey(user: User) -> bool:
    """Tell whether this person has a passkey."""
    return bool(Authenticator.objects.filter(user=user, type=Type.WEBAUTHN).exists())


def recovery_codes_of(user: User) -> list[str]:
    """Give the recovery codes that were not used yet."""
    found = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    return _unused(found) if found else []


def _unused(codes: Authenticator) -> list[str]:
    try:
        return list(codes.wrap().get_unused_codes())
    except Unreadable:
        return []


def _kept(one: Authenticator) -> Kept:
    name = str(one.data.get("name", "")) if one.type == Type.WEBAUTHN else ""
    return Kept(id=one.pk, name=name, added_at=one.created_at, used_at=one.last_used_at)


def has_pin(staff: Staff) -> bool:
    """Tell whether somebody has a PIN in this clinic."""
    return Pin.objects.filter(staff=staff).exists()
