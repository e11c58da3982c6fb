"""A therapist's calendar: the page that gives its address, and the feed itself."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.people.actors import of_staff
from alongside.people.models import Staff
from alongside.visits.actions.feed import end_feed, make_feed
from alongside.visits.messages.calendar import feed as calendar_of
from alongside.visits.queries.feed import in_feed, mark_of, whose_feed


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: Asked) -> HttpResponse:
    """One's own calendar address: made, renewed or ended; shown this once."""
    me = get_object_or_404(Staff, pk=request.actor.id)
    address = ""
    if request.method == "POST" and request.POST.get("do") == "end":
        end_feed(me, by=request.actor, now=clock.now())
        messages.success(request, _("The address is closed. Nobody can read it any more."))
        return redirect("visits:calendar")
    if request.method == "POST":
        token = make_feed(me, by=request.actor, now=clock.now())
        address = f"{settings.PUBLIC_URL}{reverse('visits:feed', args=[token])}"
    context = {"me": me, "address": address, "now": clock.now()}
    return render(request, "visits/staff/calendar.html", context)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed that a telephone follows; whoever has the address may read it, until it is ended."""
    staff = whose_feed(token)
    if staff is None:
        raise Http404("feed")
    now = clock.now()
    with working_in(staff.clinic_id):
        visits = in_feed(staff, now)
        mark = mark_of(visits)
        known = request.headers.get("If-None-Match", "")
        if mark in known:
            return _private(HttpResponseNotModified(), mark)
        record_seen(
            "visits.read_feed", {one.client_id for one in visits}, by=of_staff(staff), now=now
        )
        text = calendar_of(visits, name=staff.short_name, now=now)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="visits.ics"'
    return _private(response, mark)


def _private(response: HttpResponse, mark: str) -> HttpResponse:
    response["ETag"] = mark
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
