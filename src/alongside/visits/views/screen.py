"""The wall screen: codes, states and times; a name never comes near it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from alongside.access.asked import Asked
from alongside.access.middleware import LANGUAGE_COOKIE
from alongside.clinics import clock
from alongside.visits.messages.screen import calls_in
from alongside.visits.queries.screen import ScreenRow, Shown, screen_rows


@require_safe
def screen(request: Asked) -> HttpResponse:
    """Show who waits, always as the database has it now."""
    now, languages = clock.now(), request.clinic.languages
    rows = [_spoken(row, languages) for row in screen_rows(request.clinic, now)]
    piece = "#piece" if request.headers.get("HX-Request") == "true" else ""
    # A wall speaks the clinic's first language, whatever the little computer behind it prefers.
    first = request.COOKIES.get(LANGUAGE_COOKIE) or (languages or ["en"])[0]
    with translation.override(first):
        return render(request, f"visits/screen/screen.html{piece}", {"rows": rows, "now": now})


def _spoken(row: ScreenRow, languages: list[str]) -> tuple[ScreenRow, list[Any]]:
    called = row.state == Shown.CALLED
    return row, calls_in(languages, row.code, row.room) if called else []
