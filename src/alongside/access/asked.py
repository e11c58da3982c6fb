"""A request that the access table has let through: it knows who asks, and in which clinic."""

from django.http import HttpRequest

from alongside.access.models import Link
from alongside.access.rows import Row
from alongside.clinics.models import Clinic
from alongside.people.actors import Actor


class Asked(HttpRequest):
    """What a view gets. `clinic` is there for everybody but a stranger at the door."""

    actor: Actor
    clinic: Clinic
    link: Link | None
    policy_row: Row
