"""What stands in a row of the access table, and the groups of people that it names."""

from dataclasses import dataclass

from alongside.people.actors import ActorKind

ANYONE = ActorKind.ANYONE
CLIENT = ActorKind.CLIENT
CLOSE_ONE = ActorKind.CLOSE_ONE
KIOSK = ActorKind.KIOSK
SCREEN = ActorKind.SCREEN
DESK = ActorKind.DESK
THERAPIST = ActorKind.THERAPIST
TRAINER = ActorKind.TRAINER
MANAGER = ActorKind.MANAGER
NETWORK = ActorKind.NETWORK

EVERYBODY = frozenset(ActorKind) - {ActorKind.CLOCK}
FLOOR = frozenset({DESK, THERAPIST, MANAGER})
FRONT = frozenset({DESK, MANAGER})
# What everybody who works here has: their own account.
ALL_STAFF = FLOOR | {TRAINER, NETWORK}
LEAD = frozenset({MANAGER})
OFFICE = frozenset({NETWORK})
OWN = frozenset({CLIENT, CLOSE_ONE})
DEVICES = frozenset({KIOSK, SCREEN})
NOBODY: frozenset[ActorKind] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One address: who may read it, who may send to it, and what else it asks for.

    `link` names the purpose of the secret in the address (`token`) that makes the reader a client;
    `background` marks what a page asks by itself: it never counts as somebody being there;
    `part` names the part that must be on in the clinic; `why` is the refusal in words. `right`
    names what somebody close to a client must have been given, whole or in part (the view looks
    which part); who sends by it must also be one who may act for the client, unless it `asks`
    only. Without `right` nothing of the client's is there. `out` is what takes something out of
    the house: whoever looks into a clinic for the network does not. `talks`: one may talk there
    instead of typing, the one use that a page has for a microphone.
    """

    read: frozenset[ActorKind] = NOBODY
    send: frozenset[ActorKind] = NOBODY
    link: str = ""
    background: bool = False
    part: str = ""
    why: str = ""
    right: str = ""
    asks: bool = False
    out: bool = False
    talks: bool = False


def page(
    read: frozenset[ActorKind] = NOBODY,
    send: frozenset[ActorKind] | None = None,
    *,
    link: str = "",
    background: bool = False,
    part: str = "",
    why: str = "",
    right: str = "",
    asks: bool = False,
    out: bool = False,
    talks: bool = False,
) -> Row:
    """Write a row of the table; who may send is nobody unless it is said."""
    return Row(
        read=read,
        send=send or NOBODY,
        link=link,
        background=background,
        part=part,
        why=why,
        right=right,
        asks=asks,
        out=out,
        talks=talks,
    )
