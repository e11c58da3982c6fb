"""Choose a PIN, show it, and take it away."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password

from alongside.clinics.current import across_clinics
from alongside.keys.models import Pin
from alongside.people.models import Staff, User


def choose_pin(staff: Staff, pin: str, *, now: datetime) -> None:
    """Keep a PIN, in the place of an older one. Hashed as passwords are, and in turn with them."""
    values = {"digest": make_password(pin), "made_at": now}
    Pin.objects.update_or_create(staff=staff, defaults=values)


def shows_pin(staff: Staff, pin: str) -> bool:
    """Check a PIN."""
    found = Pin.objects.filter(staff=staff).first()
    return found is not None and check_password(pin, found.digest)


def remove_pin(staff: Staff) -> None:
    """Take a PIN away."""
    Pin.objects.filter(staff=staff).delete()


def remove_pins(user: User) -> None:
    """Take every PIN of a person away, wherever they work."""
    with across_clinics("a person who leaves leaves with all of it"):
        Pin.objects.filter(staff__user=user).delete()
