"""Every address and who may open it: the one table, for reading."""

from collections.abc import Iterable

from alongside.access.policy import POLICY
from alongside.access.rows import Row
from alongside.people.actors import ActorKind

from .page import code, page, table

ABOUT = """An address that is not in this table is refused to everybody. *Reads* is who may open it,
*sends* who may change something by it. A *link* is the purpose of the secret in the address that
makes its reader a client. *By itself* marks what a page asks without anybody being there: it never
keeps a session alive. *Close ones* names what a client must have shared with somebody close to
them; who then sends by it must also be one who may act for the client, unless it only asks. Whoever
looks into a clinic for the network takes nothing out of it."""


def write() -> str:
    """Return the page."""
    rows = [
        (code(name), _who(row.read), _who(row.send), row.link, row.part, _notes(row))
        for name, row in sorted(POLICY.items())
    ]
    head = ["address", "reads", "sends", "link", "part", "notes"]
    return page("Permissions", ABOUT, table(head, rows))


def _who(kinds: Iterable[ActorKind]) -> str:
    there = set(kinds)
    if there >= set(ActorKind) - {ActorKind.CLOCK}:
        return "everybody"
    return ", ".join(kind.value for kind in ActorKind if kind in there)


def _notes(row: Row) -> str:
    notes = (
        "by itself" if row.background else "",
        f"close ones: {row.right}" if row.right else "",
        "only asks" if row.asks else "",
        "takes out" if row.out else "",
        str(row.why),
    )
    return "; ".join(note for note in notes if note)
