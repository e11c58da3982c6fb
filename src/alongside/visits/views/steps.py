"""Taking a step from the board: one key, one tap, and a way back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.people.models import Staff
from alongside.visits.actions import away, check_in, move_on, not_here
from alongside.visits.actions import undo as undoing
from alongside.visits.actions.ask import see_asked
from alongside.visits.actions.offer import carry_out_move
from alongside.visits.actions.say import said_in_person
from alongside.visits.actions.step import NotFromHere, SomebodyWasFaster
from alongside.visits.messages.staff import done_words, refusal_words
from alongside.visits.models import Asked as Question
from alongside.visits.models import Channel, Step, Told, Visit
from alongside.visits.views.board import show_board

Take = Callable[[Asked, Visit, int], object]


STEPS: dict[str, Take] = {
    "check_in": lambda request, visit, version: check_in.check_in(
        visit, channel=Channel.DESK, by=request.actor, now=clock.now(), version=version
    ),
    "call": lambda request, visit, version: move_on.call(
        visit, by=request.actor, now=clock.now(), version=version
    ),
    "start": lambda request, visit, version: move_on.start(
        visit, by=request.actor, now=clock.now(), version=version
    ),
    "finish": lambda request, visit, version: move_on.finish(
        visit, by=request.actor, now=clock.now(), version=version
    ),
    "did_not_come": lambda request, visit, version: not_here.did_not_come(
        visit, by=request.actor, now=clock.now(), version=version
    ),
    "client_is_late": lambda request, visit, version: not_here.client_is_late(
        visit,
        until=visit.booked_at + timedelta(minutes=_number(request, "late", 15, most=180)),
        by=request.actor,
        now=clock.now(),
        version=version,
    ),
}


def step(request: Asked, visit: UUID) -> HttpResponse:
    """Take the step that the button names, unless somebody was faster."""
    found = get_object_or_404(Visit.objects.select_related("client", "clinic"), pk=visit)
    verb = request.POST.get("verb", "")
    take = STEPS.get(verb)
    if take is None:
        raise Http404("step")
    version = _number(request, "version", found.version, most=10**9)
    try:
        take(request, found, version)
    except (SomebodyWasFaster, NotFromHere, check_in.AlreadyHere) as refusal:
        return _refused(request, refusal.visit, verb)
    return _done(request, done_words(verb, found))


def undo(request: Asked, step: UUID) -> HttpResponse:
    """Take the last step back."""
    found = get_object_or_404(Step.objects.select_related("visit__client"), pk=step)
    try:
        visit = undoing.undo(found, by=request.actor, now=clock.now())
    except (undoing.NothingToUndo, SomebodyWasFaster) as refusal:
        return _refused(request, refusal.visit, "undo")
    return _done(request, done_words("undo", visit))


def said(request: Asked, told: UUID) -> HttpResponse:
    """Somebody went and told the client."""
    found = get_object_or_404(Told.objects.select_related("visit__client"), pk=told)
    said_in_person(found, by=request.actor, now=clock.now())
    return _done(request, done_words("said", found.visit))


def asked(request: Asked, asked: UUID) -> HttpResponse:
    """The desk has seen that a client asked."""
    see_asked(get_object_or_404(Question, pk=asked), by=request.actor, now=clock.now())
    return _done(request, "")


def therapist(request: Asked, therapist: UUID) -> HttpResponse:
    """A therapist steps out, runs late, is absent, or is back."""
    found = get_object_or_404(Staff, pk=therapist, is_active=True)
    now, why = clock.now(), request.POST.get("why", "")
    if why == "back":
        away.come_back(found, by=request.actor, now=now)
    elif why in ("stepped_out", "late", "absent"):
        length = _number(request, "minutes", 0, most=600)
        until = now + timedelta(minutes=length) if length else None
        away.go_away(found, why=why, until=until, by=request.actor, now=now)
    else:
        raise Http404("why")
    return _done(
        request,
        _("%(name)s: noted. Every wait is being worked out anew.") % {"name": found.short_name},
    )


def carry_out(request: Asked, visit: UUID) -> HttpResponse:
    """Do what the board proposed: another therapist, an earlier start, a later time."""
    found = get_object_or_404(
        Visit.objects.select_related("client", "clinic", "therapist"), pk=visit
    )
    version = _number(request, "version", found.version, most=10**9)
    try:
        words = carry_out_move(
            found,
            move=request.POST.get("move", ""),
            to=request.POST.get("to", ""),
            by=request.actor,
            now=clock.now(),
            version=version,
        )
    except (SomebodyWasFaster, NotFromHere) as refusal:
        return _refused(request, refusal.visit, "move")
    return _done(request, words)


def _done(request: Asked, words: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return show_board(request, done=words)
    return redirect(reverse("visits:board"))


def _refused(request: Asked, visit: Visit, verb: str) -> HttpResponse:
    fresh = Visit.objects.select_related("client", "therapist").get(pk=visit.pk)
    return show_board(request, status=409, refused=refusal_words(verb, fresh))


def _number(request: Asked, name: str, otherwise: int, *, most: int) -> int:
    """Read a whole number from the form; a made-up one is as good as none."""
    try:
        return min(max(int(request.POST.get(name, "")), 0), most)
    except ValueError:
        return otherwise
