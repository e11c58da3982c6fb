"""An address that is shown once: as text to copy, and as a code to scan."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from alongside.clinics.models import Clinic
from alongside.people.models import Staff


def qr(address: str) -> SafeString:
    """Draw an address as a QR code (SVG, no style attributes), dark on light in every mode."""
    code = segno.make(address, error="m")
    drawn = code.svg_inline(border=4, omitsize=True, dark="#000", light="#fff")
    # Drawn from dark and light squares: no text of anybody's gets into it.
    return mark_safe(drawn)


def whole_address(name: str, *args: str) -> str:
    """Give the full address of a page, as another device can open it."""
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"


def door_address(clinic: Clinic) -> str:
    """Give the address behind the poster at the door: it finds today's visit, and lists nobody."""
    return f"{settings.PUBLIC_URL}/door/{clinic.door_code}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """An address to hand over: to whom, and how it is drawn."""

    to: str
    address: str
    code: SafeString

    @classmethod
    def invitation(cls, staff: Staff, token: str) -> "Handed":
        """The address by which a colleague chooses their password."""
        return cls.of(staff.name, "office:invitation", token)

    @classmethod
    def of(cls, to: str, name: str, token: str) -> "Handed":
        """An address of ours with a secret in it."""
        address = whole_address(name, token)
        return cls(to=to, address=address, code=qr(address))
