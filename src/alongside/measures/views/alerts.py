"""Alerts: who hears them, who takes one, what was done."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.measures.actions.alerts import (
    HearsNothing,
    NotYours,
    SayWhatWasDone,
    SomebodyIsGoing,
    close_alert,
    name_responder,
    remove_responder,
    take_alert,
)
from alongside.measures.forms import DoneForm
from alongside.measures.models import Alert
from alongside.measures.queries.fillings import open_alerts, responders
from alongside.people.actors import ActorKind
from alongside.people.models import Staff

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(["GET", "HEAD"])
def alerts(request: Asked) -> HttpResponse:
    """Show what cannot wait, and who hears it."""
    found = open_alerts()
    clients = [one.filling.client_id for one in found]
    record_seen("measures.see_alerts", clients, by=request.actor, now=clock.now())
    named = responders()
    context = {
        "alerts": found,
        "responders": named,
        "others": [
            one
            for one in Staff.objects.filter(is_active=True, role__in=["therapist", "manager"])
            if one not in named
        ],
        "form": DoneForm(),
        "is_lead": request.actor.kind is ActorKind.MANAGER,
        "me": request.actor.id,
        "zone": request.clinic.zone,
    }
    return render(request, "measures/staff/alerts.html", context)


@require_POST
def alert(request: Asked, alert_id: UUID) -> HttpResponse:
    """Take one, or say what was done."""
    found = get_object_or_404(Alert.objects.select_related("filling", "taken_by"), pk=alert_id)
    now = clock.now()
    if request.POST.get("do") == "take":
        me = get_object_or_404(Staff, pk=request.actor.id or "")
        try:
            take_alert(found, staff=me, by=request.actor, now=now)
        except SomebodyIsGoing:
            messages.info(request, _("Somebody has taken it already."))
    else:
        try:
            close_alert(found, done=request.POST.get("done", ""), by=request.actor, now=now)
        except SayWhatWasDone:
            messages.error(request, _("Say in a few words what was done."))
        except NotYours:
            messages.error(request, _("Whoever took it says what was done, or a manager."))
    return redirect("measures:alerts")


@require_POST
def responder(request: Asked) -> HttpResponse:
    """Name who hears alerts, or take a name away."""
    chosen = request.POST.get("staff", "")
    found = Staff.objects.filter(pk=chosen).first() if _is_key(chosen) else None
    if found is not None:
        act = remove_responder if request.POST.get("do") == "remove" else name_responder
        try:
            act(found, by=request.actor, now=clock.now())
        except HearsNothing:
            raise Http404("staff") from None
    return redirect("measures:alerts")


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
