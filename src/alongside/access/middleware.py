"""Deny by default: no view runs before the table has said yes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from alongside.access import own, presence
from alongside.access.address import address_of, household
from alongside.access.cookies import named
from alongside.access.guesses import WINDOW, guesses
from alongside.access.policy import is_shared, lets, row_for
from alongside.access.rows import Row
from alongside.access.who import asking, link_for
from alongside.clinics import clock, current
from alongside.clinics.models import Clinic
from alongside.parts import registry
from alongside.people.actors import OWN, Actor, ActorKind

LANGUAGE_COOKIE = named("alongside-language")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# The static files are served before this; nothing else may go by the table.


class DenyByDefault:
    """Find the address in the table, find who asks, set the clinic, and let them in or not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Run the request, and leave no clinic behind in this thread."""
        token = current._current.set(None)
        try:
            response = self.get_response(request)
        finally:
            current._current.reset(token)
        if not hasattr(request, "policy_row"):
            return response
        _keep_private(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Decide; a view that runs has `request.actor` and works in `request.clinic`."""
        match = request.resolver_match
        name = match.view_name if match else ""
        row = row_for(name)
        request.policy_row = row  # type: ignore[attr-defined]
        if row is None:
            raise PermissionDenied(f"No row of the access table names {name!r}.")
        now = clock.now()
        link = None
        if row.link:
            link = link_for(kwargs.get("token", ""), purpose=row.link, now=now)
            if link is None:
                return nothing_here(request, now=now)
        actor, clinic = asking(request, link=link, now=now)
        if link is None and not (row.background or _asked_by_the_page(request)):
            _note_presence(request, actor, clinic, now)
        request.actor, request.link = actor, link  # type: ignore[attr-defined]
        request.clinic = clinic  # type: ignore[attr-defined]
        if clinic is not None and not registry.is_on(row.part, clinic.parts_off):
            # Before the role is looked at: what is off is not there, for anybody.
            raise Http404("part")
        if not lets(row, actor, sends=request.method not in SAFE, name=name):
            return _refuse(request, row, now=now)
        if not is_shared(row, actor, sends=request.method not in SAFE):
            raise PermissionDenied("This was not shared with you.")
        if row.part and clinic is None:
            # Nobody can tell whether it is on.
            raise Http404("part")
        current._current.set(clinic.pk if clinic else None)
        _speak(request, actor.language)
        return None


def _asked_by_the_page(request: HttpRequest) -> bool:
    """Tell whether a page renews a piece of itself: at every change, with nobody before it.

    What a hand does on it is a form that is sent, or another page; and lock.js says so besides.
    """
    return request.method in SAFE and "HX-Request" in request.headers


def _note_presence(
    request: HttpRequest, actor: Actor, clinic: Clinic | None, now: datetime
) -> None:
    """Let a session go on of whoever came by one, and did something."""
    lock_after = None
    if clinic is not None and actor.is_staff:
        stay, lock_after = presence.stay_in(clinic, actor.kind.value), clinic.lock_after
    elif actor.kind in OWN:
        stay = own.STAY
    else:
        return
    presence.was_here(
        request.session, now=now, stay=stay, lock_after=lock_after, speed=clock.speed()
    )


def _speak(request: HttpRequest, language: str) -> None:
    """Speak a client's language, unless another was chosen on this device."""
    if language and LANGUAGE_COOKIE not in request.COOKIES:
        # Ends with the request: site.middleware.Language puts the old language back.
        translation.activate(language)
        request.LANGUAGE_CODE = language


def nothing_here(request: HttpRequest, *, now: datetime) -> HttpResponse:
    """Say that this address opens nothing; to whoever tries on and on, that it is enough."""
    if not guesses.count(household(address_of(request)), now=now):
        raise Http404("nothing here")
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response


def _refuse(request: HttpRequest, row: Row, *, now: datetime) -> HttpResponse:
    """Send somebody who may sign in to the door; tell others which rule said no."""
    kind = request.actor.kind  # type: ignore[attr-defined]
    if kind is ActorKind.ANYONE and presence.is_locked(request.session, now=now):
        return _locked(request, row)
    if kind is ActorKind.ANYONE and row.background:
        return HttpResponse(status=401)
    if kind is ActorKind.ANYONE and request.method in SAFE and row.read:
        if row.read <= OWN:
            return redirect("mine:sign-in")
        return redirect(reverse(settings.LOGIN_URL, query={"next": request.get_full_path()}))
    raise PermissionDenied(row.why or "role")


def _locked(request: HttpRequest, row: Row) -> HttpResponse:
    """Send whoever sits at a locked screen to its pad; a page that is open shows its own."""
    if row.background or request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"X-Locked": "1"})
    after = request.get_full_path() if request.method in SAFE else "/"
    return redirect(reverse("office:lock", query={"next": after}))


def _keep_private(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let no shared computer, proxy or link preview keep a person's page."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.kind is ActorKind.ANYONE:
        return
    response.headers.setdefault("Cache-Control", "no-store")
    if getattr(request, "link", None) is not None:
        # Not "no-referrer": browsers then send "Origin: null" with a form, and it is refused.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
