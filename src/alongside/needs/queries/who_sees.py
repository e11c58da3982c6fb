"""Which parts of a client's profile somebody may see: the client's word, asked at every look."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.needs.models import Sharing
from alongside.people.actors import CARE, OWN, Actor, gives
from alongside.people.models import CloseOne, Staff
from alongside.rules.needs import Area
from alongside.rules.who_sees import UNSAID, Word, seen

EVERY = frozenset(Area)


def words_of(client: UUID) -> dict[Area, Word]:
    """What a client said about whom of us they let see each part; the newest holds."""
    return {Area(row.area): row.word() for row in Sharing.objects.filter(client=client)}


def seen_by(actor: Actor, client: UUID) -> frozenset[Area]:
    """The parts of this client's profile that somebody may see now."""
    if actor.kind in OWN:
        if actor.client != client:
            return frozenset()
        return frozenset(area for area in Area if actor.may_see(f"needs.{area}"))
    return seen(words_of(client), role=actor.kind.value, person=actor.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoSees:
    """One part, who of us sees it, and who is close to the client and sees it too."""

    area: Area
    word: Word
    named: tuple[Staff, ...]
    close: tuple[CloseOne, ...]


def who_sees(client: UUID, *, today: date) -> list[WhoSees]:
    """Each part with everybody who may see it: three questions."""
    words = words_of(client)
    staff = {one.pk: one for one in who_treats()}
    close = [
        one
        for one in CloseOne.objects.filter(client=client, ended_at=None)
        if one.is_current(today)
    ]
    return [
        WhoSees(
            area=area,
            word=words.get(area, UNSAID),
            named=_named(words.get(area, UNSAID), staff),
            close=tuple(one for one in close if gives(one.rights, f"needs.{area}")),
        )
        for area in Area
    ]


def who_treats() -> list[Staff]:
    """Everybody here whom a client may choose."""
    return list(Staff.objects.filter(role__in=[kind.value for kind in CARE], is_active=True))


def _named(word: Word, staff: Mapping[UUID, Staff]) -> tuple[Staff, ...]:
    return tuple(one for key, one in staff.items() if key in word.named)
