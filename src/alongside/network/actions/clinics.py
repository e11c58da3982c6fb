"""Add a clinic to a network, with the manager who sets it up."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic, Network
from alongside.office.actions.staff import add_staff
from alongside.people.actors import Actor
from alongside.people.models import Role, Staff


@transaction.atomic
def add_clinic(
    network: Network,
    *,
    name: str,
    zone_name: str,
    manager: str,
    email: str,
    by: Actor,
    now: datetime,
) -> tuple[Staff, str]:
    """Add a clinic; give its first manager, and the secret by which they choose a password."""
    clinic = Clinic.objects.create(
        network=network, name=name, zone_name=zone_name, languages=["en", "fr"]
    )
    with working_in(clinic):
        record("network.add_clinic", by=by, now=now)
        return add_staff(name=manager, email=email, role=Role.MANAGER, by=by, now=now)
