"""Follow-ups: who should be called, who calls, and what came of it."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.careplans.actions._record import NoWords
from alongside.careplans.actions.follow_up import SomebodyWasFaster, close_call, take_call
from alongside.careplans.models import FollowUp
from alongside.careplans.queries.follow_ups import ToCall, call_of, lately_closed, to_call
from alongside.clinics import clock
from alongside.people.models import Client, Staff
from alongside.ui.see_other import see_other

A_PAGE = 50


@require_safe
def follow_ups(request: Asked) -> HttpResponse:
    """Show who should be called, the longest first."""
    now, zone = clock.now(), request.clinic.zone
    page: Page[ToCall] = Paginator(to_call(now=now, zone=zone), A_PAGE).get_page(
        request.GET.get("page")
    )
    closed = lately_closed()
    seen = [*(one.client.pk for one in page), *(one.client_id for one in closed)]
    record_seen("careplans.see_follow_ups", seen, by=request.actor, now=now)
    context = {"page": page, "closed": closed, "zone": zone}
    return render(request, "careplans/staff/follow_ups.html", context)


@require_POST
def call(request: Asked, client_id: UUID) -> HttpResponse:
    """“I call”, and then what came of it."""
    client = get_object_or_404(Client, pk=client_id)
    sent, by, now = request.POST, request.actor, clock.now()
    try:
        if sent.get("do") == "take":
            me = get_object_or_404(Staff, pk=by.id or "")
            take_call(client, staff=me, by=by, now=now)
        elif sent.get("do") == "done":
            close_call(_call(request, client), outcome=sent.get("words", ""), by=by, now=now)
        else:
            raise Http404("do")
    except NoWords:
        messages.error(request, _("Write what came of it, in a few words."))
    except SomebodyWasFaster:
        messages.warning(request, _("Somebody was faster. Here is how it is now."))
    # Back to where they were in the list: a long one is worked through page by page.
    number = sent.get("page", "")
    return see_other("careplans:follow-ups", after=f"?page={number}" if number.isdecimal() else "")


def _call(request: Asked, client: Client) -> FollowUp:
    found: FollowUp | None = None
    with suppress(ValueError):
        found = call_of(UUID(request.POST.get("row", "")), client.pk)
    if found is None:
        raise Http404("row")
    return found
