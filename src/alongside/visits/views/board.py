"""The staff's board: today, live."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.live.queries import number_of
from alongside.live.topics import clinic_topic
from alongside.parts.slots import panels, panels_of_rows
from alongside.people.models import Card
from alongside.ui.kept import TOKEN, with_token
from alongside.ui.shared import Shared
from alongside.visits.queries.board import Board, board_for, row_for
from alongside.visits.queries.history import steps_of, told_of
from alongside.visits.queries.moves import helpful_moves
from alongside.visits.queries.ribbon import ribbon_for
from alongside.visits.views.board_rows import (
    expected_rows,
    rows_with_us,
    therapist_rows,
    waiting_rows,
)
from alongside.visits.views.offered import AWAY_CHOICES, LATE_CHOICES, offered

# A board of thirty visits is some 100 KB.
_pieces: Shared["Drawn"] = Shared(256)
# A piece is drawn anew at every change, and when this long has passed: it says how long it is.
OLD = 20


@dataclass(frozen=True, slots=True)
class Drawn:
    """The board's changing piece as every reader in a language sees it, and whom it shows."""

    piece: str
    clients: frozenset[UUID]


def board(request: Asked) -> HttpResponse:
    """Today: the ribbon, who waits, who comes, who is inside."""
    if request.headers.get("HX-Request") == "true":
        return live_piece(request)
    return show_board(request)


def live_piece(request: Asked) -> HttpResponse:
    """Give an open page its changing piece: drawn once a change for all who ask."""
    now, clinic = clock.now(), request.clinic
    # Before anything is read: a change that comes while we read makes the next piece.
    state = (number_of(clinic_topic(clinic.pk)), now.timestamp() // OLD, tuple(clinic.parts_off))
    reader = (clinic.pk, request.actor.kind, get_language())
    drawn = _pieces.get(reader, state, lambda: _draw(request, now))
    record_seen("visits.see_board", drawn.clients, by=request.actor, now=now)
    return HttpResponse(with_token(request, drawn.piece))


def _draw(request: Asked, now: datetime) -> Drawn:
    today = board_for(request.clinic, now)
    piece = render_to_string("visits/staff/board.html#board", _context(request, today), request)
    return Drawn(piece, _clients(today))


def show_board(request: Asked, *, status: int = 200, **notice: object) -> HttpResponse:
    """Draw the board, whole or (after a step on a live page) its piece, with what was just done."""
    now = clock.now()
    today = board_for(request.clinic, now)
    record_seen("visits.see_board", _clients(today), by=request.actor, now=now)
    piece = "#board" if request.headers.get("HX-Request") == "true" else ""
    page = render_to_string(
        f"visits/staff/board.html{piece}", {**_context(request, today), **notice}, request
    )
    return HttpResponse(with_token(request, page), status=status)


def _clients(today: Board) -> frozenset[UUID]:
    return frozenset(row.visit.client_id for row in today.rows)


def _context(request: Asked, today: Board) -> dict[str, object]:
    off = request.clinic.parts_off
    pieces = panels("board.panel", off=off, board=today)
    shown = [*today.waiting, *today.expected]
    of_rows = panels_of_rows("board.row", off=off, board=today, rows=shown)
    return {
        "board": today,
        "ribbon": ribbon_for(today),
        "waiting": waiting_rows(today, of_rows),
        "with_us": rows_with_us(today),
        "expected": expected_rows(today, of_rows),
        "therapists": therapist_rows(today),
        "moves": helpful_moves(today),
        "urgent": [panel for panel in pieces if panel.order < 0],
        "panels": [panel for panel in pieces if panel.order >= 0],
        "away_choices": AWAY_CHOICES,
        "now": today.now,
        # Everybody's, until it is given to somebody.
        "csrf_token": TOKEN,
    }


def visit(request: Asked, visit: UUID) -> HttpResponse:
    """One visit: the person first, then what was told, done and said, and every step."""
    now = clock.now()
    row = row_for(request.clinic, visit, now)
    if row is None:
        raise Http404("visit")
    card = Card.objects.filter(client=row.visit.client_id).first()
    if card and card.lines():
        record_seen("people.read_card", [row.visit.client_id], by=request.actor, now=now)
    record_seen("visits.see_visit", [row.visit.client_id], by=request.actor, now=now)
    pieces = panels("board.visit", off=request.clinic.parts_off, row=row, actor=request.actor)
    context = {
        "row": row,
        "offered": offered(row),
        "card": card,
        "told": told_of(row.visit),
        "steps": steps_of(row.visit),
        "late_choices": LATE_CHOICES,
        "first": [panel for panel in pieces if panel.order < 0],
        "panels": [panel for panel in pieces if panel.order >= 0],
        "now": now,
    }
    return render(request, "visits/staff/visit.html", context)
