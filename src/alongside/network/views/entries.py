"""For the clinic's own people: who of the network looked in, and why."""

from typing import Protocol

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_many
from alongside.clinics import clock
from alongside.clinics.models import Clinic
from alongside.network.queries.entries import entries as all_entries
from alongside.network.queries.entries import lately
from alongside.parts.part import Panel

A_PAGE = 50


class Board(Protocol):
    """What we need to know of a staff board."""

    clinic: Clinic


@require_safe
def entries(request: Asked) -> HttpResponse:
    """List every time, with who it was, the reason and the end; for managers."""
    now = clock.now()
    record_many("network.see_entries", [None], by=request.actor, now=now, is_read=True)
    page = Paginator(all_entries(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "network/entries.html", {"page": page, "now": now})


def on_the_board(board: Board) -> Panel | None:
    """Tell everybody on the board that the network looked in, for a week."""
    found = lately(clock.now())
    if not found:
        return None
    return Panel(template="network/panel.html", context={"newest": found[0]}, order=90)
