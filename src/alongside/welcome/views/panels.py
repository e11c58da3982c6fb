"""What the welcome puts into other parts' pages: one or two queries and a template each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from alongside.clinics import clock
from alongside.parts.part import Panel
from alongside.people.actors import Actor
from alongside.people.models import Client
from alongside.ui.templatetags.ui import clock as clock_words
from alongside.visits.models import Visit
from alongside.visits.queries.board import Board, Row
from alongside.visits.queries.day import today_in
from alongside.welcome import messages, queries
from alongside.welcome.models import OfferKind, Wish
from alongside.welcome.views.hopes_form import HopesForm

# A panel below nought stands above the waiting list: for what cannot wait.
AT_ONCE = -10


def while_you_wait(visit: Visit, token: str) -> Panel:
    """On a waiting client's page: four wishes, and what became of them."""
    wishes = queries.open_wishes(visit.pk)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWish:
    """A wish on a row of the board."""

    what: str
    is_help: bool
    taken_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTags:
    """What a row of the board says of the welcome, in plain values."""

    visit: UUID
    name: str
    wishes: tuple[RowWish, ...]
    offers: tuple[tuple[str, str], ...]  # what, and when
    offered: frozenset[str]
    can_offer: tuple[tuple[str, str], ...]  # kind, and what it is called
    has_hopes: bool


def on_the_rows(board: Board, rows: Sequence[Row]) -> dict[UUID, Panel]:
    """On the board's rows: tags for wishes, offers and hopes, in three queries for them all."""
    first = [row.visit.pk for row in rows if row.visit.is_first]
    said = queries.with_hopes(first) if first else set()
    wishes, offers = defaultdict(list), defaultdict(list)
    for wish in _open_wishes(board):
        wishes[wish.visit_id].append(wish)
    for offer in queries.offers_on(today_in(board.clinic, board.now)):
        offers[offer.visit_id].append(offer)
    kinds = tuple((kind, str(label)) for kind, label in OfferKind.choices)
    found = {}
    for row in rows:
        visit = row.visit
        tags = RowTags(
            visit=visit.pk,
            name=visit.client.goes_by,
            wishes=tuple(_row_wish(wish) for wish in wishes[visit.pk]),
            offers=tuple(
                (str(offer.get_kind_display()), clock_words(offer.at, board.clinic.zone))
                for offer in offers[visit.pk]
            ),
            offered=frozenset(offer.kind for offer in offers[visit.pk]),
            can_offer=kinds if visit.is_waiting else (),
            has_hopes=visit.pk in said,
        )
        if tags.can_offer or tags.has_hopes:
            found[visit.pk] = Panel(template="welcome/staff/row.html", context=tags)
    return found


def _open_wishes(board: Board) -> list[Wish]:
    """What is wished for on this board, read once for its rows and its list."""
    if "wishes" not in board.read:
        board.read["wishes"] = queries.open_wishes_on(today_in(board.clinic, board.now))
    found: list[Wish] = board.read["wishes"]
    return found


def _row_wish(wish: Wish) -> RowWish:
    return RowWish(
        what=str(wish.get_kind_display()),
        is_help=wish.is_help,
        taken_by=wish.taken_by.short_name if wish.taken_by else "",
    )


def wishes(board: Board) -> Panel | None:
    """On the board: what is wished for now, help first; with help it stands above everything."""
    rows = {row.visit.pk: row for row in board.waiting}
    wanted = [wish for wish in _open_wishes(board) if wish.visit_id in rows]
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


def about_visit(row: Row, actor: Actor) -> Panel | None:
    """On staff's page of a visit: what they hope for, word for word, and how the wait was."""
    visit = row.visit
    context = {
        "hopes": queries.hopes_of(visit) if visit.is_first else None,
        "is_first": visit.is_first,
        "wishes": queries.wishes_of(visit),
        "offers": queries.offers_of(visit),
    }
    if not any(context.values()):
        return None
    return Panel(template="welcome/staff/visit.html", context=context)


def about_client(client: Client, actor: Actor) -> Panel | None:
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
