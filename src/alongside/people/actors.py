"""Who is doing this: a member of staff, a client by their link, a device, or the clock."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from alongside.people.models import Client, Staff


class ActorKind(StrEnum):
    """What sort of somebody."""

    ANYONE = "anyone"
    CLIENT = "client"
    KIOSK = "kiosk"
    SCREEN = "screen"
    DESK = "desk"
    THERAPIST = "therapist"
    TRAINER = "trainer"
    MANAGER = "manager"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who acts, in one clinic. `id` is the key of their own row, if they have one."""

    kind: ActorKind
    clinic: UUID | None = None
    id: UUID | None = None
    label: str = ""

    @property
    def is_staff(self) -> bool:
        """Tell whether this is somebody who works here."""
        return self.kind in STAFF


STAFF = frozenset({ActorKind.DESK, ActorKind.THERAPIST, ActorKind.TRAINER, ActorKind.MANAGER})
NOBODY = Actor(kind=ActorKind.ANYONE)


def of_staff(staff: "Staff") -> Actor:
    """Make the actor for a member of staff."""
    return Actor(kind=ActorKind(staff.role), clinic=staff.clinic_id, id=staff.pk, label=staff.name)


def of_client(client: "Client") -> Actor:
    """Make the actor for a client who came by their own link."""
    return Actor(kind=ActorKind.CLIENT, clinic=client.clinic_id, id=client.pk, label=client.goes_by)


def the_clock(clinic: UUID) -> Actor:
    """Make the actor for what the product does by itself."""
    return Actor(kind=ActorKind.CLOCK, clinic=clinic, label="Alongside")
