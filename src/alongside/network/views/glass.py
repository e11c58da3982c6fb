"""One clinic of the network, and the way into it for an emergency."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from alongside.access.asked import Asked
from alongside.clinics.clock import now
from alongside.clinics.models import Clinic
from alongside.network.actions.glass import LONGEST, SHORTEST_REASON, NoReason, break_glass
from alongside.network.actions.glass import leave as leave_clinic
from alongside.network.queries.health import clinic_of, health_of


@require_safe
def clinic(request: Asked, clinic_id: UUID) -> HttpResponse:
    """Show one clinic in numbers, and what looking into it means."""
    found = _ours(request, clinic_id)
    context = {
        "one": health_of([found], now())[0],
        "minutes": LONGEST,
        "shortest": SHORTEST_REASON,
    }
    return render(request, "network/clinic.html", context)


@require_POST
def look(request: Asked, clinic_id: UUID) -> HttpResponse:
    """Look into it, with a reason; without one the answer is no."""
    found = _ours(request, clinic_id)
    reason = request.POST.get("reason", "")[:2000]
    try:
        break_glass(request, found, reason=reason, by=request.actor, now=now())
    except NoReason:
        raise PermissionDenied("reason") from None
    return redirect("home")


@require_POST
def leave(request: Asked) -> HttpResponse:
    """Stop looking into a clinic."""
    leave_clinic(request, by=request.actor, now=now())
    return redirect("network:home")


def _ours(request: Asked, key: UUID) -> Clinic:
    found = clinic_of(request.clinic.network, key)
    if found is None:
        raise Http404("clinic")
    return found
