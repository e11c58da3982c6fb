"""Who is doing this: staff, a client, somebody close to them, a device, or the clock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from alongside.people.models import Client, CloseOne, Staff


class ActorKind(StrEnum):
    """What sort of somebody."""

    ANYONE = "anyone"
    CLIENT = "client"
    CLOSE_ONE = "close_one"
    KIOSK = "kiosk"
    SCREEN = "screen"
    DESK = "desk"
    THERAPIST = "therapist"
    TRAINER = "trainer"
    MANAGER = "manager"
    NETWORK = "network"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who acts, in one clinic. `id` is the key of their own row, if they have one.

    `client` is whose page this is, for the client and for somebody close to them, and `language`
    what they read. `rights` and `may_act` say what somebody close was given; a client has it all.
    `glass_until`: until when somebody of the network looks into this clinic, with a reason given.
    """

    kind: ActorKind
    clinic: UUID | None = None
    id: UUID | None = None
    label: str = ""
    client: UUID | None = None
    language: str = ""
    rights: frozenset[str] = frozenset()
    may_act: bool = False
    glass_until: datetime | None = None

    @property
    def is_staff(self) -> bool:
        """Tell whether this is somebody who works here."""
        return self.kind in STAFF

    def may_see(self, right: str) -> bool:
        """Tell whether a client, or somebody close to them, may see this much of the page."""
        return self.kind is ActorKind.CLIENT or (
            self.kind is ActorKind.CLOSE_ONE and gives(self.rights, right)
        )


def gives(rights: Collection[str], right: str) -> bool:
    """Tell whether these rights give one.

    A right may have parts ("needs.mind"): the whole gives each, and any of them opens its door.
    """
    whole = right.partition(".")[0]
    return (
        right in rights
        or whole in rights
        or any(given.partition(".")[0] == right for given in rights)
    )


# Who treats a client and works on goals with them; the front desk is not among them.
CARE = frozenset({ActorKind.THERAPIST, ActorKind.MANAGER})
# Whose page it is, and whom they let see of it.
OWN = frozenset({ActorKind.CLIENT, ActorKind.CLOSE_ONE})
STAFF = frozenset(
    {
        ActorKind.DESK,
        ActorKind.THERAPIST,
        ActorKind.TRAINER,
        ActorKind.MANAGER,
        ActorKind.NETWORK,
    }
)
NOBODY = Actor(kind=ActorKind.ANYONE)


def of_staff(staff: "Staff") -> Actor:
    """Make the actor for a member of staff."""
    return Actor(kind=ActorKind(staff.role), clinic=staff.clinic_id, id=staff.pk, label=staff.name)


def of_client(client: "Client") -> Actor:
    """Make the actor for a client who came by their own link, or signed in to their own page."""
    return Actor(
        kind=ActorKind.CLIENT,
        clinic=client.clinic_id,
        id=client.pk,
        label=client.goes_by,
        client=client.pk,
        language=client.language,
        may_act=True,
    )


def of_close_one(one: "CloseOne") -> Actor:
    """Make the actor for somebody close to a client; they see what the client gave them."""
    return Actor(
        kind=ActorKind.CLOSE_ONE,
        clinic=one.clinic_id,
        id=one.pk,
        label=one.name,
        client=one.client_id,
        language=one.language,
        rights=frozenset(one.rights),
        may_act=one.may_act,
    )


def the_clock(clinic: UUID) -> Actor:
    """Make the actor for what the product does by itself."""
    return Actor(kind=ActorKind.CLOCK, clinic=clinic, label="Alongside")
