"""The first page: it knows where each of us belongs."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from alongside.access.asked import Asked
from alongside.access.policy import lets, row_for
from alongside.office.queries.clinic import is_set_up
from alongside.people.actors import OWN, Actor, ActorKind

DEVICE_PAGES = {ActorKind.KIOSK: "/kiosk/", ActorKind.SCREEN: "/screen/"}
# The first of these that somebody may open is where their day begins.
FIRST_PAGES = ("network:home", "visits:board", "office:clients", "office:me")


@require_safe
def home(request: Asked) -> HttpResponse:
    """Send staff to the day, a device to its job, a new clinic to its set-up."""
    if request.actor.kind in DEVICE_PAGES:
        return redirect(DEVICE_PAGES[request.actor.kind])
    if request.actor.kind in OWN:
        return redirect("mine:home")
    if request.actor.is_staff:
        return redirect(first_page(request.actor))
    # Whoever is half-way in is led on from there.
    return redirect("office:sign-in" if is_set_up() else "/set-up/")


def first_page(actor: Actor) -> str:
    """Give the address of the page where this person's day begins."""
    for name in FIRST_PAGES:
        row = row_for(name)
        if row is None or not lets(row, actor, sends=False):
            continue
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    raise LookupError(f"No page for {actor.kind}.")
