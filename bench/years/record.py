"""The record of who saw and did what, chained as the product chains it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from place import Place

from alongside.audit.chain import key, moment
from alongside.people.models import Staff
from alongside.rules.record_chain import Row, digest_of


class Deed(NamedTuple):
    """Who did what about whom, before it has a number."""

    at: datetime
    kind: str
    who: UUID | None
    label: str
    verb: str
    is_read: bool
    client: UUID | None
    about: str


@dataclass
class Record:
    """Everything that was seen and done in one clinic, in any order until it is written.

    `share`: so much of it is kept, drawn by chance.
    """

    place: Place
    rng: Random
    share: float = 1.0
    deeds: list[Deed] = field(default_factory=list)

    def staff(self, at: datetime, who: Staff, verb: str, client: UUID, about: Any = "") -> None:
        """Somebody who works here did something."""
        self._add(at, who.role, who.pk, who.name, verb, client, about)

    def own(self, at: datetime, verb: str, client: UUID, about: Any = "") -> None:
        """A client did something on their own page."""
        self._add(at, "client", client, "", verb, client, about)

    def clock(self, at: datetime, verb: str, client: UUID, about: Any = "") -> None:
        """Alongside did something by itself."""
        self._add(at, "clock", None, "Alongside", verb, client, about)

    def saw(self, at: datetime, who: Staff, verb: str, client: UUID) -> None:
        """Somebody who works here read something."""
        self._add(at, who.role, who.pk, who.name, verb, client, "", is_read=True)

    def saw_own(self, at: datetime, verb: str, client: UUID) -> None:
        """A client read something on their own page."""
        self._add(at, "client", client, "", verb, client, "", is_read=True)

    def boards(self, day: datetime, client: UUID, therapist: Staff) -> None:
        """Boards that stood open on the day of a visit: each reader once an hour."""
        readers = [(self.place.desk, 8), (therapist, 5), (self.place.therapists[0], 3)]
        readers.append((self.place.manager, 1))
        for who, hours in readers:
            for hour in range(hours):
                seen_at = day + timedelta(hours=hour, minutes=7)
                self.saw(seen_at, who, "visits.see_board", client)

    def _add(
        self,
        at: datetime,
        kind: str,
        who: UUID | None,
        label: str,
        verb: str,
        client: UUID,
        about: Any,
        *,
        is_read: bool = False,
    ) -> None:
        if at <= self.place.now and (self.share == 1 or self.rng.random() < self.share):
            self.deeds.append(Deed(at, kind, who, label, verb, is_read, client, str(about)))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Give the chain, the oldest first; the last one's digest is the end of it."""
        self.deeds.sort(key=lambda one: one.at)
        clinic, secret, before = self.place.clinic.pk, key(), ""
        for number, one in enumerate(self.deeds, start=1):
            made = self.place.keys.at(one.at)
            row = Row(
                clinic=clinic.hex,
                id=made.hex,
                number=number,
                at=moment(one.at),
                actor_kind=one.kind,
                actor_id=one.who.hex if one.who else None,
                actor_label=one.label,
                verb=one.verb,
                is_read=one.is_read,
                client_key=one.client.hex if one.client else None,
                about=one.about,
                detail="{}",
                previous=before,
                digest="",
            )
            digest = digest_of(row, secret)
            yield {
                "id": made,
                "clinic_id": clinic,
                "number": number,
                "at": one.at,
                "actor_kind": one.kind,
                "actor_id": one.who,
                "actor_label": one.label,
                "verb": one.verb,
                "is_read": one.is_read,
                "client_key": one.client,
                "about": one.about,
                "previous": before,
                "digest": digest,
            }
            before = digest
        self.end = (len(self.deeds), before)
