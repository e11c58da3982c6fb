"""Whether a letter may leave the house: e-mail and text messages can be read over a shoulder.

They carry the first name, the time, the clinic's neutral name and a link. What is more than that
stands behind the link.
"""

from collections.abc import Iterable

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import override

from alongside.messaging.models import Why
from alongside.people.models import Card, Client, Staff
from alongside.rules.letters import outdoors

LANGUAGES = ("en", "fr")


def says_too_much(text: str, client: Client, *, private: Iterable[str] = ()) -> Why | None:
    """Give what a letter tells that it should not, or None: it may go.

    `private` is what else must stay here, like what the client asked for at this visit.
    """
    if _tells_last_name(text, client):
        return Why.SAYS_NAME
    card = Card.objects.filter(client=client).first()
    professions = Staff.objects.exclude(profession="").values_list("profession", flat=True)
    found = outdoors.says(
        text,
        {
            Why.SAYS_CARD: [written for _, written in card.lines()] if card else [],
            Why.SAYS_ASKED: private,
            Why.SAYS_CARE: set(professions.order_by()),
        },
    )
    return Why(found) if found else None


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
