"""My people: who may see what of my page. The client changes it and ends it at once."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.mine.actions.close_ones import (
    ShareEndedMeanwhile,
    change_sharing,
    end_sharing,
    let_see,
)
from alongside.mine.forms import CloseOneForm
from alongside.mine.queries.close_ones import close_one_of, shared_by, today_at
from alongside.mine.reader import whose_page
from alongside.people.models import CloseOne

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
def people(request: Asked) -> HttpResponse:
    """Show who may see what, and let somebody else see."""
    now, client = clock.now(), whose_page(request)
    today = today_at(request.clinic, now)
    record_seen("mine.see_people", [client.pk], by=request.actor, now=now)
    form = form_for(request, None)
    if request.method == "POST" and form.is_valid():
        new = let_see(client, form.values(), by=request.actor, today=today, now=now)
        said = {"name": new.name}
        messages.success(request, _("From now on %(name)s sees what you ticked.") % said)
        return redirect("mine:people")
    context = {
        "form": form,
        "shared": shared_by(client, today=today, off=request.clinic.parts_off),
        "is_client": True,
    }
    status = 422 if form.is_bound else 200
    return render(request, "mine/client/people.html", context, status=status)


@require_http_methods(GET_OR_POST)
def person(request: Asked, close_one_id: UUID) -> HttpResponse:
    """Change what somebody may see: what was agreed ends, and the new stands beside it."""
    now, one = clock.now(), _mine(request, close_one_id)
    form = form_for(request, one)
    if request.method == "POST" and form.is_valid():
        today = today_at(request.clinic, now)
        try:
            change_sharing(one, form.values(), by=request.actor, today=today, now=now)
        except ShareEndedMeanwhile:
            raise Http404("close one") from None
        messages.success(request, _("It is changed, from this moment on."))
        return redirect("mine:people")
    context = {"form": form, "one": one, "is_client": True}
    status = 422 if form.is_bound else 200
    return render(request, "mine/client/person.html", context, status=status)


@require_POST
def end(request: Asked, close_one_id: UUID) -> HttpResponse:
    """End it, at once."""
    one = _mine(request, close_one_id)
    try:
        end_sharing(one, by=request.actor, now=clock.now())
    except ShareEndedMeanwhile:
        raise Http404("close one") from None
    said = {"name": one.name}
    messages.success(request, _("%(name)s sees nothing of your page any more.") % said)
    return redirect("mine:people")


def form_for(request: Asked, one: CloseOne | None) -> CloseOneForm:
    """Give the form, with what holds now in it."""
    clinic = request.clinic
    return CloseOneForm(
        request.POST or None,
        instance=one,
        initial=None if one else {"language": request.actor.language or "en"},
        off=clinic.parts_off,
        decides_from=clinic.decides_from,
        today=today_at(clinic, clock.now()),
    )


def _mine(request: Asked, key: UUID) -> CloseOne:
    today = today_at(request.clinic, clock.now())
    found = close_one_of(key, request.actor.client, today=today)
    if found is None:
        raise Http404("close one")
    return found
