"""Work out who is asking: by the secret in the address, by a device's cookie, or by signing in."""

from datetime import datetime

from django.db.models import Case, When
from django.http import HttpRequest

from alongside.access import presence
from alongside.access.models import Device, Link
from alongside.access.tokens import digest_of
from alongside.clinics.current import across_clinics
from alongside.clinics.models import Clinic
from alongside.people.actors import NOBODY, Actor, ActorKind, of_client, of_staff
from alongside.people.models import Staff

DEVICE_COOKIE = "alongside-device"


def link_for(token: str, *, purpose: str, now: datetime) -> Link | None:
    """Find an open link by its secret and purpose; expired and unknown look alike."""
    with across_clinics("a secret in an address tells which clinic it belongs to"):
        return (
            Link.objects.select_related("client", "clinic")
            .filter(digest=digest_of(token), purpose=purpose, expires_at__gt=now, ended_at=None)
            .first()
        )


def staff_for(request: HttpRequest, *, now: datetime) -> Staff | None:
    """Find in which clinic, and as what, the person who signed in works; nobody after too long."""
    if not request.user.is_authenticated or presence.is_over(request.session, now=now):
        return None
    with across_clinics("a person who signs in may work in more than one clinic"):
        works = Staff.objects.filter(user=request.user.pk, is_active=True).order_by("clinic_id")
        chosen = request.session.get("clinic")
        if chosen:
            works = works.order_by(Case(When(clinic_id=chosen, then=0), default=1), "clinic_id")
        return works.select_related("clinic").first()


def device_for(request: HttpRequest) -> Device | None:
    """Find the device whose cookie this is."""
    token = request.COOKIES.get(DEVICE_COOKIE, "")
    if not token:
        return None
    with across_clinics("a device's secret tells which clinic it belongs to"):
        known = Device.objects.select_related("clinic")
        return known.filter(digest=digest_of(token), ended_at=None).first()


def asking(
    request: HttpRequest, *, link: Link | None, now: datetime
) -> tuple[Actor, Clinic | None]:
    """Give who is asking, and in which clinic, in the question that finds them.

    The secret in an address comes first, then signing in, then a device.
    """
    if link is not None:
        return of_client(link.client), link.clinic
    staff = staff_for(request, now=now)
    if staff is not None:
        return of_staff(staff), staff.clinic
    device = device_for(request)
    if device is not None:
        actor = Actor(
            kind=ActorKind(device.kind),
            clinic=device.clinic_id,
            id=device.pk,
            label=device.name,
        )
        return actor, device.clinic
    return NOBODY, None
