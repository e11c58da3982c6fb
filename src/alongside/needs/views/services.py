"""What the clinic can offer: everybody who treats reads it, a manager writes it."""

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.needs import messages as said
from alongside.needs.actions.services import keep_service
from alongside.needs.forms import ServiceForm
from alongside.needs.models import Service
from alongside.needs.queries.profile import services
from alongside.people.actors import ActorKind

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def every(request: Asked) -> HttpResponse:
    """Show everything that the clinic offers, and what each helps with."""
    context = {
        "services": [(one, said.joined(one.covers)) for one in services()],
        "is_lead": request.actor.kind is ActorKind.MANAGER,
    }
    return render(request, "needs/staff/services.html", context)


@require_http_methods(GET_OR_POST)
def new(request: Asked) -> HttpResponse:
    """Add something that the clinic can offer."""
    return _kept(request, None)


@require_http_methods(GET_OR_POST)
def change(request: Asked, service_id: UUID) -> HttpResponse:
    """Change a service, or say that it is not offered now."""
    return _kept(request, get_object_or_404(Service, pk=service_id))


def _kept(request: Asked, service: Service | None) -> HttpResponse:
    # The form writes into what it is given; the action must still see the row as it was.
    held = Service.objects.get(pk=service.pk) if service else Service(clinic=request.clinic)
    form = ServiceForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        try:
            keep_service(service, form.cleaned_data, by=request.actor, now=clock.now())
        except IntegrityError:
            form.add_error("name", _("There is already a service with this name."))
        else:
            messages.success(request, _("Saved."))
            return redirect("needs:services")
    context = {"form": form, "service": service}
    status = 422 if request.method == "POST" else 200
    return render(request, "needs/staff/service.html", context, status=status)
