"""Say who looks after a whole network. Only from the machine itself: `alongside network`."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic, Network
from alongside.office.actions.staff import deactivate, join
from alongside.office.actions.staff_links import invite
from alongside.people.actors import the_clock
from alongside.people.models import NETWORK_ROLE, Staff


class NoSuchAdmin(LookupError):
    """Nobody with this address looks after this network."""


@transaction.atomic
def appoint(network: Network, email: str, *, name: str, now: datetime) -> str:
    """Let somebody look after a network; give the secret by which they choose a password.

    They work in the office of the network, a clinic to which nobody comes: so they sign in, show
    the second thing, are timed out and are sent off like everybody who works somewhere.
    """
    office = office_of(network)
    with working_in(office):
        by = the_clock(office.pk)
        known = Staff.objects.filter(user__email=email.strip().lower()).first()
        if known is not None:
            Staff.objects.filter(pk=known.pk).update(is_active=True)
        else:
            known = join(name=name, email=email, role=NETWORK_ROLE)
        record("network.appoint", by=by, now=now, about=str(known.pk))
        return invite(known, by=by, now=now)


@transaction.atomic
def dismiss(network: Network, email: str, *, now: datetime) -> None:
    """End it, with every session and link of theirs in this office."""
    office = office_of(network)
    with working_in(office):
        by = the_clock(office.pk)
        found = Staff.objects.filter(user__email=email.strip().lower(), is_active=True).first()
        if found is None:
            raise NoSuchAdmin(email)
        deactivate(found, by=by, now=now)
        record("network.dismiss", by=by, now=now, about=str(found.pk))


def office_of(network: Network) -> Clinic:
    """Give the office of a network; the first who is appointed opens it."""
    office = Clinic.objects.filter(network=network, is_office=True).first()
    return office or Clinic.objects.create(
        network=network, name=network.name, is_office=True, languages=["en", "fr"]
    )
