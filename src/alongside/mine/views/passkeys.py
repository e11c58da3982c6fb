"""Into one's own page by a passkey: shown at the door, added after a letter, taken away."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access import own
from alongside.access.actions.once import TooManyTries
from alongside.access.address import address_of, household
from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.keys.actions import own as own_keys
from alongside.keys.actions.passkeys import ask_to_show
from alongside.mine.actions.ask import ask_for_link
from alongside.mine.actions.come_in import come_in_by_passkey
from alongside.mine.actions.passkeys import add_passkey, may_add, remove_passkey, widen_passkey
from alongside.mine.forms import PasskeyForm
from alongside.mine.queries.passkeys import passkeys_of
from alongside.office.actions.knock import forgive, knock

GET_OR_POST = ["GET", "HEAD", "POST"]
# A waiting room shares one address.
MOST_FROM_HERE = 60
# Longer than any answer of a device.
LONGEST = 20_000


@never_cache
@require_POST
def question(request: Asked) -> HttpResponse:
    """Give the question that a passkey answers: whosever it is."""
    now = clock.now()
    try:
        knock(f"own-question:{_line(request)}", now=now, most=MOST_FROM_HERE)
    except TooManyTries:
        return JsonResponse({}, status=429)
    return JsonResponse(ask_to_show(request, None, now=now))


@never_cache
@require_POST
def shown(request: Asked) -> HttpResponse:
    """Let somebody in by a passkey of theirs."""
    now = clock.now()
    try:
        tries = knock(f"own-passkey:{_line(request)}", now=now)
    except TooManyTries:
        messages.error(request, _("Too many tries. Wait ten minutes, then try again."))
        return redirect("mine:sign-in")
    kept = own_keys.shows(request, _answer(request), now=now)
    if kept is None:
        said = _("This passkey opens no page here. Let us send you a link instead.")
        messages.error(request, said)
        return redirect("mine:sign-in")
    forgive(tries)
    pages = come_in_by_passkey(request, kept, now=now, speed=clock.speed())
    return redirect("mine:home" if len(pages) == 1 else "mine:choose")


@never_cache
@require_http_methods(GET_OR_POST)
def passkeys(request: Asked) -> HttpResponse:
    """Show one's passkeys; take one away, let one open more, or have a letter sent to add one."""
    now = clock.now()
    email = own.proven(request.session, now=now)
    if request.method == "POST":
        return _did(request, email)
    context = {
        "keys": passkeys_of(email, own.pages_open_to(request.session, now=now)),
        "may_add": may_add(request, now=now),
        "email": email,
    }
    return render(request, "mine/client/passkeys.html", context)


def _did(request: Asked, email: str) -> HttpResponse:
    now, does = clock.now(), request.POST.get("do", "")
    if does == "letter":
        return _by_letter(request, email)
    if does == "widen" and may_add(request, now=now):
        if not widen_passkey(request, _which(request), now=now):
            raise Http404("passkey")
        messages.success(request, _("It opens all of these pages now."))
    elif does == "remove":
        if not remove_passkey(request, _which(request), now=now):
            raise Http404("passkey")
        messages.success(request, _("It is taken away, and opens nothing any more."))
    else:
        raise Http404("do")
    return redirect("mine:passkeys")


def _by_letter(request: Asked, email: str) -> HttpResponse:
    """Send a new letter to one's own address: whoever adds a passkey reads it now."""
    try:
        link = ask_for_link(email, address=address_of(request), now=clock.now())
    except TooManyTries:
        messages.error(request, _("Too many tries. Wait ten minutes, then try again."))
        return redirect("mine:passkeys")
    context = {"email": email, "demo_link": link if settings.DEMO else ""}
    return render(request, "mine/client/look_in_your_post.html", context)


@never_cache
@require_http_methods(GET_OR_POST)
def add(request: Asked) -> HttpResponse:
    """Make a passkey on this device."""
    now = clock.now()
    if not may_add(request, now=now):
        return redirect("mine:passkeys")
    form = PasskeyForm(request.POST or None, initial={"name": _("This device")})
    if request.method == "POST" and form.is_valid():
        if add_passkey(request, form.cleaned_data["name"], _answer(request), now=now):
            messages.success(request, _("Next time you come in with it, without a letter."))
            return redirect("mine:passkeys")
        form.add_error(None, _("That did not work. Try again; the letter always works."))
    return render(request, "mine/client/new_passkey.html", {"form": form})


@never_cache
@require_POST
def question_for_new(request: Asked) -> HttpResponse:
    """Give the question that makes a new passkey."""
    now = clock.now()
    if not may_add(request, now=now):
        return JsonResponse({}, status=403)
    email = own.proven(request.session, now=now)
    try:
        asked = own_keys.ask_for_new(request, email, called=request.actor.label, now=now)
    except own_keys.TooMany:
        return JsonResponse({}, status=409)
    return JsonResponse(asked)


def _line(request: Asked) -> str:
    return household(address_of(request))


def _which(request: Asked) -> UUID:
    try:
        return UUID(request.POST.get("which", ""))
    except ValueError:
        raise Http404("passkey") from None


def _answer(request: Asked) -> Any:
    try:
        return json.loads(request.POST.get("credential", "")[:LONGEST])
    except (ValueError, RecursionError):
        return None
