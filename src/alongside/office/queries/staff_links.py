"""Finding what an address opens."""

from datetime import datetime

from alongside.access.models import Device
from alongside.access.tokens import digest_of
from alongside.clinics.current import across_clinics
from alongside.office.models import StaffLink

WHY = "a secret in an address tells which clinic it belongs to"


def staff_link_for(token: str, *, purpose: str, now: datetime) -> StaffLink | None:
    """Find an open address by its secret and purpose; expired, used and unknown look alike."""
    with across_clinics(WHY):
        return (
            StaffLink.objects.select_related("staff__user", "staff__clinic")
            .filter(
                digest=digest_of(token),
                purpose=purpose,
                expires_at__gt=now,
                ended_at=None,
                staff__is_active=True,
                staff__user__is_active=True,
            )
            .first()
        )


def device_to_start(token: str) -> Device | None:
    """Find the device that this address is for, unless it was taken away."""
    with across_clinics(WHY):
        return Device.objects.filter(digest=digest_of(token), ended_at=None).first()
