"""Clients with their cards and who is close to them. Names are those of the demo's cast, mixed."""

from datetime import datetime, timedelta
from unicodedata import normalize

from gather import Gathered, Who

from alongside.demo.cast import CLIENTS, HOST
from alongside.people.models import Card, Client, CloseOne
from alongside.people.plain import plain

FIRST = [one.first for one in CLIENTS]
LAST = [one.last for one in CLIENTS]
CARDS = [one for one in CLIENTS if one.helps or one.small_talk or one.mobility]
RELATIONS = ("partner", "sibling", "friend", "carer")


def client(gathered: Gathered, number: int, came_first: datetime) -> Who:
    """Add the client of this number, written down some days before they first came."""
    rng = gathered.rng
    at = came_first - timedelta(days=rng.randrange(3, 20))
    first = rng.choice(FIRST)
    last = f"{rng.choice(LAST)}-{rng.choice(LAST)}"
    language = "fr" if rng.random() < 0.4 else "en"
    email = f"{_bare(first)}.{_bare(last)}.{number}.{gathered.place.number}@{HOST}"
    shown = f"C-{number:05}"
    key = gathered.add(
        Client,
        at,
        first_name=first,
        last_name=last,
        language=language,
        email=email,
        number=shown,
        found_by=plain(f"{first} {last}   {shown} ")[:400],
    )
    card = rng.choice(CARDS) if rng.random() < 0.4 else None
    gathered.add(
        Card,
        at,
        client_id=key,
        helps=card.helps if card else "",
        mobility=card.mobility if card else "",
        small_talk=card.small_talk if card else "",
    )
    gathered.record.staff(at, gathered.place.desk, "people.add_client", key)
    if rng.random() < 0.15:
        _close_one(gathered, key, first, number, at + timedelta(days=30))
    therapist = rng.choice(gathered.place.therapists)
    return Who(key=key, name=first, language=language, email=email, therapist=therapist)


def _close_one(gathered: Gathered, client: object, name: str, number: int, at: datetime) -> None:
    rng = gathered.rng
    other = rng.choice(FIRST)
    gathered.add(
        CloseOne,
        at,
        client_id=client,
        name=other,
        relation=rng.choice(RELATIONS),
        email=f"{_bare(other)}.close.{number}.{gathered.place.number}@{HOST}",
        rights=["visits", "goals"],
        begins_on=at.date(),
        added_at=at,
        agreed_by=name,
    )
    gathered.record.own(at, "mine.let_see", client)


def _bare(name: str) -> str:
    letters = normalize("NFKD", name.lower())
    return "".join(one for one in letters if one.isascii() and one.isalpha())
