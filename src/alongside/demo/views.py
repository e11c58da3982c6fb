"""The demo's own page: whose seat to take, and how fast the day goes by."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.demo import seats

SPEEDS = (0, 1, 10, 30, 60)


def demo(request: Asked) -> HttpResponse:
    """Show the cast and the clock; outside a demo there is no such page."""
    if not settings.DEMO:
        raise Http404("demo")
    if request.method == "POST":
        asked = request.POST.get("speed", "")
        if asked.isdecimal() and int(asked) in SPEEDS:
            clock.shift(clock.now(), speed=int(asked))
        return redirect("demo:demo")
    context = {
        "seats": seats.taken(),
        "speeds": SPEEDS,
        "speed": clock.speed(),
        "now": clock.now(),
        "zone": seats.zone(),
    }
    return render(request, "demo/demo.html", context)


@never_cache
@require_safe
def own_page(request: Asked, name: str) -> HttpResponse:
    """Lead to the own page of one of the cast by a link made now; in the demo and nowhere else."""
    path = seats.own_page_link(name, now=clock.now()) if settings.DEMO else None
    if path is None:
        raise Http404("demo")
    return redirect(path)
