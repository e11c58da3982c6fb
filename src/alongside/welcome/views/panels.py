"""What the welcome puts into other parts' pages: one or two queries and a template each."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from alongside.clinics import clock
from alongside.parts.part import Panel
from alongside.people.models import Client
from alongside.visits.models import Visit
from alongside.visits.queries.board import Board, Row
from alongside.welcome import messages, queries
from alongside.welcome.models import OfferKind
from alongside.welcome.views.hopes_form import HopesForm

# A panel below nought stands above the waiting list: for what cannot wait.
AT_ONCE = -10


def while_you_wait(visit: Visit, token: str) -> Panel:
    """On a waiting client's page: four wishes, and what became of them."""
    wishes = queries.open_wishes([visit.pk])
    context = {
        "token": token,
        "wishes": [(wish, messages.state_of(wish)) for wish in wishes],
        "buttons": [(kind, messages.button(kind)) for kind in queries.not_asked(wishes)],
        "hopes": _hopes(visit, token) if visit.is_first else None,
    }
    return Panel(template="welcome/client/while_you_wait.html", context=context, order=10)


def before_you_come(visit: Visit, token: str) -> Panel | None:
    """On the page of a first visit: what do you hope for, and what others have asked."""
    if not visit.is_first:
        return None
    context = _hopes(visit, token) | {"concerns": messages.concerns(visit, now=clock.now())}
    return Panel(template="welcome/client/before_you_come.html", context=context, order=10)


def in_the_letter(visit: Visit) -> Panel | None:
    """In the confirmation of a first visit: one neutral line."""
    if not visit.is_first:
        return None
    return Panel(template="welcome/client/letter.txt", context={"line": messages.letter_line()})


def on_the_rows(rows: Sequence[Row]) -> dict[UUID, Panel]:
    """On the board's rows: tags for wishes, offers and hopes, in three queries for them all."""
    keys = [row.visit.pk for row in rows]
    first = [row.visit.pk for row in rows if row.visit.is_first]
    said = queries.with_hopes(first) if first else set()
    wishes, offers = defaultdict(list), defaultdict(list)
    for wish in queries.open_wishes(keys):
        wishes[wish.visit_id].append(wish)
    for offer in queries.offers_of(keys):
        offers[offer.visit_id].append(offer)
    return {
        row.visit.pk: Panel(
            template="welcome/staff/row.html",
            context={
                "row": row,
                "wishes": wishes[row.visit.pk],
                "offers": offers[row.visit.pk],
                "offered": {offer.kind for offer in offers[row.visit.pk]},
                "can_offer": OfferKind.choices if row.visit.is_waiting else [],
                "has_hopes": row.visit.pk in said,
            },
        )
        for row in rows
    }


def wishes(board: Board) -> Panel | None:
    """On the board: what is wished for now, help first; with help it stands above everything."""
    rows = {row.visit.pk: row for row in board.waiting}
    wanted = queries.open_wishes(list(rows)) if rows else []
    if not wanted:
        return None
    items = [(wish, rows[wish.visit_id].visit, board.now - wish.asked_at) for wish in wanted]
    needs_help = any(wish.is_help for wish in wanted)
    return Panel(
        template="welcome/staff/wishes.html",
        context={
            "help": [item for item in items if item[0].is_help],
            "others": [item for item in items if not item[0].is_help],
        },
        order=AT_ONCE if needs_help else 20,
    )


def about_visit(row: Row) -> Panel | None:
    """On staff's page of a visit: what they hope for, word for word, and how the wait was."""
    visit = row.visit
    context = {
        "hopes": queries.hopes_of(visit) if visit.is_first else None,
        "is_first": visit.is_first,
        "wishes": queries.wishes_of(visit),
        "offers": queries.offers_of([visit.pk]),
    }
    if not any(context.values()):
        return None
    return Panel(template="welcome/staff/visit.html", context=context)


def about_client(client: Client) -> Panel | None:
    """On staff's page of a client: what they said before their first visit."""
    hopes = queries.latest_hopes(client.pk)
    if hopes is None or not hopes.is_said:
        return None
    return Panel(template="welcome/staff/client.html", context={"hopes": hopes})


def _hopes(visit: Visit, token: str) -> dict[str, object]:
    hopes = queries.hopes_of(visit)
    return {
        "token": token,
        "visit": visit,
        "said": hopes is not None and hopes.is_said,
        "form": HopesForm.about(hopes),
    }
