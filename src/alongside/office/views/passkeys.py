"""Passkeys on the pages: signing in with one, showing it again, and making one."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access import presence
from alongside.access.actions.once import TooManyTries
from alongside.access.address import address_of, household
from alongside.access.asked import Asked
from alongside.access.who import behind_lock
from alongside.clinics.clock import now
from alongside.keys.actions import passkeys
from alongside.keys.queries import has_passkey
from alongside.office.actions import keys
from alongside.office.actions.half import half_of
from alongside.office.actions.knock import forgive, knock
from alongside.office.actions.lock import unlock
from alongside.office.actions.sign_in import showed_again
from alongside.office.forms.second import PasskeyName
from alongside.office.queries.works import works_of
from alongside.office.views.coming_in import by_script, enter, next_of, with_own_keys
from alongside.office.views.own_keys import added
from alongside.people.models import User

# A whole team signs in from one line within ten minutes.
MOST_ASKED = 60


@never_cache
@require_POST
def question(request: Asked) -> HttpResponse:
    """Give the question that a passkey answers: for this person where we know who it is."""
    try:
        knock(f"passkey:{household(address_of(request))}", now=now(), most=MOST_ASKED)
    except TooManyTries:
        return JsonResponse({}, status=429)
    return JsonResponse(passkeys.ask_to_show(request, _who(request), now=now()))


@never_cache
@require_POST
def shown(request: Asked) -> HttpResponse:
    """Let somebody in by a passkey, or let them go on who showed it once more.

    It is two things in one: the device, and the finger, face or PIN that unlocked it.
    """
    who = _who(request)
    back = "office:sign-in"
    if who is not None:
        back = "office:again" if request.actor.is_staff else "office:second"
        if behind_lock(request, now=now()) and not request.actor.is_staff:
            back = "office:lock"
    try:
        tries = knock(f"address:{household(address_of(request))}", now=now())
    except TooManyTries:
        messages.error(request, _("Too many tries. Wait ten minutes, then try again."))
        return redirect(back)
    user = passkeys.shows_passkey(request, _answer(request), who, now=now())
    works = works_of(user) if user else []
    if user is None or not works:
        if by_script(request):
            return HttpResponse(status=403)
        messages.error(request, _("This passkey is not known here. Try again, or another way."))
        return redirect(reverse(back, query={"next": next_of(request)}))
    forgive(tries)
    locked = None if request.actor.is_staff else behind_lock(request, now=now())
    if locked is not None:
        unlock(request, locked, now=now())
        return HttpResponse(status=204) if by_script(request) else redirect(next_of(request))
    if request.actor.is_staff:
        showed_again(request, now=now())
        return redirect(next_of(request))
    half = half_of(request, now=now())
    mark = presence.PASSKEY
    if half is not None:
        return enter(request, half.works, how=mark, shown=mark, after=half.after)
    return enter(request, works, how=mark, shown=mark, after=next_of(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_own_keys
def add(request: Asked, user: User) -> HttpResponse:
    """Make a passkey on this device."""
    form = PasskeyName(request.POST or None, initial={"name": _("This device")})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if keys.keep_passkey(request, user, name, _answer(request), now=now()):
            return added(request, user, shown=presence.PASSKEY)
        form.add_error(None, _("That did not work. Try again, or use a code app."))
    return render(request, "office/client/passkey.html", {"form": form})


@never_cache
@require_POST
@with_own_keys
def question_for_new(request: Asked, user: User) -> HttpResponse:
    """Give the question that makes a new passkey."""
    return JsonResponse(passkeys.ask_for_new(request, user, now=now()))


@require_POST
@with_own_keys
def rename(request: Asked, user: User) -> HttpResponse:
    """Call one of one's own passkeys something else."""
    form, which = PasskeyName(request.POST), request.POST.get("which", "")
    if not form.is_valid() or not which.isdecimal():
        raise Http404("name")
    if not passkeys.rename(user, int(which), form.cleaned_data["name"]):
        raise Http404("key")
    messages.success(request, _("Saved."))
    return redirect("office:sign-ins")


def _who(request: Asked) -> User | None:
    """Give whose passkey is asked for; a stranger's may be anybody's."""
    if request.actor.is_staff and isinstance(request.user, User):
        return request.user
    locked = behind_lock(request, now=now())
    if locked is not None:
        return locked.user
    half = half_of(request, now=now())
    return half.user if half is not None and has_passkey(half.user) else None


def _answer(request: Asked) -> Any:
    try:
        return json.loads(request.POST.get("credential", "")[:20_000])
    except (ValueError, RecursionError):
        return None
