"""What every page knows: the clinic, who is here, and the menu they may use."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from alongside.access import presence
from alongside.access.policy import lets, row_for
from alongside.access.talking import may_talk
from alongside.parts import registry
from alongside.ui import comfort


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    actor = getattr(request, "actor", None)
    clinic = getattr(request, "clinic", None)
    if actor is None or not actor.is_staff or clinic is None:
        return []
    here = request.resolver_match.view_name if request.resolver_match else ""
    entries = [entry for part in registry.on(clinic.parts_off) for entry in part.nav]
    menu = []
    for entry in sorted(entries, key=lambda entry: entry.order):
        row = row_for(entry.url_name)
        if row is None or not lets(row, actor, sends=False):
            continue
        menu.append(
            {
                "label": entry.label,
                "url": reverse(entry.url_name),
                "icon": entry.icon,
                "current": entry.url_name == here,
            }
        )
    return menu


def _lock(request: HttpRequest) -> dict[str, Any] | None:
    """Give what a page needs to lock itself, for whoever could open it again."""
    actor, clinic = getattr(request, "actor", None), getattr(request, "clinic", None)
    if actor is None or not actor.is_staff or not request.session.get(presence.LOCKS):
        return None
    after = clinic.lock_after if clinic else None
    ways = str(request.session[presence.LOCKS]).split()
    return {
        "seconds": int(after.total_seconds()) if after else 0,
        "pin": "pin" in ways,
        "passkey": "passkey" in ways,
    }


def page(request: HttpRequest) -> dict[str, Any]:
    """Give every template the clinic, the actor, the menu and the reader's comfort settings."""
    clinic = getattr(request, "clinic", None)
    likes = comfort.chosen(request)
    return {
        "clinic": clinic,
        "actor": getattr(request, "actor", None),
        # Asked for by whole pages only: a changing piece has no menu.
        "nav": SimpleLazyObject(lambda: _menu(request)),
        "lock": _lock(request),
        "zone": clinic.zone if clinic else None,
        # Somebody of the network looks into this clinic, and every page says so.
        "glass_until": getattr(getattr(request, "actor", None), "glass_until", None),
        "big_print": likes.big_print,
        "easy_read": likes.easy_read,
        "may_talk": may_talk(request),
    }
