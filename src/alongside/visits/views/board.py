"""The staff's board: today, live."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.parts.slots import panels, panels_of_rows
from alongside.people.models import Card
from alongside.ui.kept import page_of_kept
from alongside.visits.queries.board import board_for, row_for
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


def board(request: Asked) -> HttpResponse:
    """Today: the ribbon, who waits, who comes, who is inside."""
    return show_board(request)


def show_board(request: Asked, *, status: int = 200, **notice: object) -> HttpResponse:
    """Draw the board, whole or (for a live page) its changing piece, with what was just done."""
    now = clock.now()
    today = board_for(request.clinic, now)
    record_seen(
        "visits.see_board", {row.visit.client_id for row in today.rows}, by=request.actor, now=now
    )
    piece = request.headers.get("HX-Request") == "true"
    off = request.clinic.parts_off
    pieces = panels("board.panel", off=off, board=today)
    shown = [*today.waiting, *today.expected]
    of_rows = panels_of_rows("board.row", off=off, board=today, rows=shown)
    context = {
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
        "now": now,
        **notice,
    }
    page = "visits/staff/board.html" + ("#board" if piece else "")
    return page_of_kept(request, page, context, status=status)


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
    context = {
        "row": row,
        "offered": offered(row),
        "card": card,
        "told": told_of(row.visit),
        "steps": steps_of(row.visit),
        "late_choices": LATE_CHOICES,
        "panels": panels("board.visit", off=request.clinic.parts_off, row=row),
        "now": now,
    }
    return render(request, "visits/staff/visit.html", context)
