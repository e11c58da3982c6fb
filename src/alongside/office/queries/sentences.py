"""What stands on record, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.audit.models import Entry
from alongside.parts import registry
from alongside.people.actors import ActorKind
from alongside.people.models import Client, CloseOne, Role

Names = Mapping[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the record as a person reads it."""

    at: datetime
    said: str
    is_read: bool


def names_about(client: UUID) -> Names:
    """Give the names of a client and of who is close to them: the record holds their keys only."""
    here = Client.objects.filter(pk=client)
    names = {one.pk: one.goes_by for one in here}
    return names | dict(CloseOne.objects.filter(client=client).values_list("pk", "name"))


def _who(entry: Entry, names: Names | None) -> str:
    known = (names or {}).get(entry.actor_id, "") if entry.actor_id else ""
    return entry.actor_label or known or _("Somebody")


def sentence(entry: Entry, names: Names | None = None) -> str:
    """Say in one sentence who did what; a verb that no part explains is shown as it is."""
    who = _who(entry, names)
    if entry.actor_kind == ActorKind.CLIENT:
        who = _("%(name)s, by their own link,") % {"name": who}
    elif entry.actor_kind == ActorKind.CLOSE_ONE:
        who = _("%(name)s, who is close to them,") % {"name": who}
    elif entry.actor_kind == ActorKind.NETWORK:
        who = _("%(name)s, for the network,") % {"name": who}
    for part in registry.every():
        if entry.verb in part.says:
            return str(part.says[entry.verb]) % {"who": who}
    return _("%(who)s: %(verb)s") % {"who": who, "verb": entry.verb}


def told(entry: Entry, names: Names | None = None) -> str:
    """Say the same to the client whom it is about."""
    who = _with_role(entry, _who(entry, names))
    for part in registry.every():
        if entry.verb in part.says:
            said = part.tells.get(entry.verb, part.says[entry.verb])
            return str(said) % {"who": who}
    return _("%(who)s did something here.") % {"who": who}


def _with_role(entry: Entry, who: str) -> str:
    """Name somebody with what they are to the client: Dee (front desk)."""
    roles: dict[str, str] = {value: str(label).lower() for value, label in Role.choices}
    roles[ActorKind.CLOSE_ONE] = _("close to you")
    roles[ActorKind.NETWORK] = _("from the network, with a reason given")
    role = roles.get(entry.actor_kind)
    return f"{who} ({role})" if role else who


def line(entry: Entry, names: Names | None = None) -> Line:
    """Give one line of the record about a client."""
    return Line(at=entry.at, said=sentence(entry, names), is_read=entry.is_read)
