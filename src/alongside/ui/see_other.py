"""Once something is done, the browser is sent on to look: 303 See Other (RFC 9110, 15.4.4)."""

from uuid import UUID

from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url


def see_other(to: str, *words: str, after: str = "", **where: UUID | str) -> HttpResponseRedirect:
    """Send on to a page, by its name or its path; `after` follows the address: "#heard", "?n=2"."""
    return HttpResponseRedirect(resolve_url(to, *words, **where) + after, status=303)
