"""Work out who is asking: by the secret in the address, by a device's cookie, or by signing in."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from alongside.access import own, presence
from alongside.access.cookies import named
from alongside.access.models import Device, Glass, Link
from alongside.access.tokens import digest_of
from alongside.clinics.current import across_clinics
from alongside.clinics.models import Clinic
from alongside.clinics.prepared import prepared
from alongside.people.actors import NOBODY, Actor, ActorKind, of_client, of_close_one, of_staff
from alongside.people.models import NETWORK_ROLE, Staff

# In the session of somebody of the network, while they look into a clinic.
GLASS = "glass"
DEVICE_COOKIE = named("alongside-device")


def link_for(token: str, *, purpose: str, now: datetime) -> Link | None:
    """Find an open link by its secret and purpose; expired and unknown look alike."""
    found = next(iter(_links(digest_of(token), purpose, now)), None)
    if found is None or found.close_one is None:
        return found
    # Given to somebody close to the client: it ends with what they were given.
    today = now.astimezone(found.clinic.zone).date()
    return found if found.close_one.is_current(today) else None


@prepared
def _links(digest: str, purpose: str, now: datetime) -> QuerySet[Link]:
    with across_clinics("a secret in an address tells which clinic it belongs to"):
        links = Link.objects.select_related("client", "clinic", "close_one")
        return links.filter(digest=digest, purpose=purpose, expires_at__gt=now, ended_at=None)


def staff_for(request: HttpRequest, *, now: datetime) -> Staff | None:
    """Find in which clinic, and as what, the person who signed in works; nobody while locked."""
    if presence.is_locked(request.session, now=now):
        return None
    return behind_lock(request, now=now)


def behind_lock(request: HttpRequest, *, now: datetime) -> Staff | None:
    """Find who signed in, locked or not; nobody after too long."""
    if not request.user.is_authenticated or presence.is_over(request.session, now=now):
        return None
    works = _works(request.user.pk)
    works = [one for one in works if presence.may_work_as(request.session, one.role)]
    chosen = request.session.get("clinic")
    works.sort(key=lambda one: str(one.clinic_id) != chosen)
    return works[0] if works else None


@prepared
def _works(user: UUID) -> QuerySet[Staff]:
    with across_clinics("a person who signs in may work in more than one clinic"):
        works = Staff.objects.filter(user=user, is_active=True).order_by("clinic_id")
        return works.select_related("clinic")


def glass_of(request: HttpRequest, staff: Staff, *, now: datetime) -> Glass | None:
    """Find the clinic of their network that somebody of its office looks into just now."""
    key = request.session.get(GLASS)
    if staff.role != NETWORK_ROLE or not key:
        return None
    with across_clinics("somebody of the network's office looks into one of its clinics"):
        open_now = Glass.objects.select_related("clinic").filter(
            pk=key,
            who=staff.pk,
            clinic__network=staff.clinic.network_id,
            ended_at=None,
            until__gt=now,
        )
        return open_now.first()


def device_for(request: HttpRequest) -> Device | None:
    """Find the device whose cookie this is."""
    token = request.COOKIES.get(DEVICE_COOKIE, "")
    if not token:
        return None
    return next(iter(_devices(digest_of(token))), None)


@prepared
def _devices(digest: str) -> QuerySet[Device]:
    with across_clinics("a device's secret tells which clinic it belongs to"):
        return Device.objects.select_related("clinic").filter(digest=digest, ended_at=None)


def asking(
    request: HttpRequest, *, link: Link | None, now: datetime
) -> tuple[Actor, Clinic | None]:
    """Give who is asking, and in which clinic, in the question that finds them.

    The secret in an address comes first, then signing in, then one's own page, then a device.
    """
    if link is not None:
        one = link.close_one
        return (of_close_one(one) if one else of_client(link.client)), link.clinic
    staff = staff_for(request, now=now)
    if staff is not None:
        glass = glass_of(request, staff, now=now)
        if glass is not None:
            return replace(
                of_staff(staff), clinic=glass.clinic_id, glass_until=glass.until
            ), glass.clinic
        return of_staff(staff), staff.clinic
    mine = own.page_for(request.session, now=now)
    if mine is not None:
        return mine.actor, mine.clinic
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
