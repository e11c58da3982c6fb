"""One's own page, and who saw it. A part's panel here is the example of the next one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.access.asked import Asked
from alongside.access.own import pages_open_to
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.mine.queries.seen import by_others, days_of
from alongside.mine.reader import is_client, whose_page
from alongside.office.queries.sentences import names_about
from alongside.parts import registry
from alongside.parts.slots import panels

A_PAGE = 200


@require_safe
def home(request: Asked) -> HttpResponse:
    """Show the page: every part that is on puts in what this reader may see."""
    now, client = clock.now(), whose_page(request)
    actor, off = request.actor, request.clinic.parts_off
    record_seen("mine.see_page", [client.pk], by=actor, now=now)
    rights = registry.rights(off)
    context = {
        "client": client,
        "now": now,
        "is_client": is_client(request),
        "sees_seen": actor.may_see("seen"),
        "shared": [said for name, said in rights.items() if actor.may_see(name)],
        "panels": panels("mine.home", off=off, client=client, actor=actor),
        "others": len(pages_open_to(request.session, now=now)) > 1,
    }
    piece = "#piece" if request.headers.get("HX-Request") == "true" else ""
    return render(request, f"mine/client/home.html{piece}", context)


@require_safe
def seen(request: Asked) -> HttpResponse:
    """Show who saw and did what, in plain words."""
    client = whose_page(request)
    record_seen("mine.see_seen", [client.pk], by=request.actor, now=clock.now())
    page = Paginator(by_others(client.pk), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "client": client,
        "is_client": is_client(request),
        "page": page,
        "days": days_of(page, request.clinic.zone, names_about(client.pk)),
    }
    return render(request, "mine/client/seen.html", context)
