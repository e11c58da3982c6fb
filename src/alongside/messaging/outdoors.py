"""Whether a letter may leave the house: e-mail and text messages can be read over a shoulder.

They carry the first name, the time, the clinic's neutral name and a link. What is more than that
stands behind the link.
"""

from collections.abc import Iterable

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import override

from alongside.clinics.models import VisitKind
from alongside.messaging.models import Why
from alongside.people.models import Card, Client, Staff
from alongside.rules.letters import outdoors

LANGUAGES = ("en", "fr")
# Kinds of visit that are called by these words only tell nothing; letters use such words too.
NEUTRAL = frozenset(
    {
        *("a", "the", "first", "second", "next", "last", "short", "long", "visit", "visits"),
        *("appointment", "meeting", "session", "hour", "un", "une", "la", "le", "rencontre"),
        *("première", "premier", "deuxième", "prochaine", "prochain", "dernière", "dernier"),
        *("longue", "courte", "court", "visite", "visites", "rendez", "vous", "séance"),
        *("séances", "heure"),
    }
)


def says_too_much(text: str, client: Client, *, private: Iterable[str] = ()) -> Why | None:
    """Give what a letter tells that it should not, or None: it may go.

    `private` is what else must stay here, like what the client asked for at this visit.
    """
    if _tells_last_name(text, client):
        return Why.SAYS_NAME
    card = Card.objects.filter(client=client).first()
    found = outdoors.says(
        text,
        {
            Why.SAYS_CARD: [written for _, written in card.lines()] if card else [],
            Why.SAYS_ASKED: private,
            Why.SAYS_CARE: _kinds_of_care(),
        },
    )
    return Why(found) if found else None


def _kinds_of_care() -> set[str]:
    """Give the words that tell what is done here: who our people are, and what a visit is for."""
    of_people = Staff.objects.order_by().values_list("profession", "about")
    of_visits = VisitKind.objects.order_by().values_list("name", "name_fr")
    told = {word for words in of_people for word in words}
    told |= {name for names in of_visits for name in names if not _is_neutral(name)}
    return told - {""}


def _is_neutral(name: str) -> bool:
    """Tell whether the name of a kind says no more than that somebody comes."""
    return all(word in NEUTRAL for word in name.casefold().replace("-", " ").split())


def _tells_last_name(text: str, client: Client) -> bool:
    last = client.last_name.strip()
    if not last or last in (client.first_name, client.called):
        return False
    if _is_everyday(last, client):
        # Ms May is written to in May: her name counts only where it stands beside the first.
        firsts = {client.first_name, client.called} - {""}
        whole = [f"{first} {last}" for first in firsts] + [f"{last} {first}" for first in firsts]
        return any(outdoors.names(text, name) for name in whole)
    return outdoors.names(text, last)


def _is_everyday(last: str, client: Client) -> bool:
    """Tell whether a last name is also a day, a month, or a word of the clinic's own name."""
    words = client.clinic.called_in_messages.split()
    for language in LANGUAGES:
        with override(language):
            words += [str(word) for word in [*MONTHS.values(), *WEEKDAYS.values()]]
    return last.casefold() in {word.casefold() for word in words}
