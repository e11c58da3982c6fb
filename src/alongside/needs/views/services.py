"""What the clinic can offer: everybody who treats reads it, a manager writes it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.clinics.seen import ChangedMeanwhile
from alongside.needs import messages as said
from alongside.needs.actions.services import add_service, change_service
from alongside.needs.forms import ServiceForm
from alongside.needs.models import Service
from alongside.needs.queries.profile import services
from alongside.office.forms.both import both_values
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
    form = ServiceForm(request.POST or None, instance=Service(clinic=request.clinic))

    def keep() -> None:
        add_service(form.values(), by=request.actor, now=clock.now())

    return _kept(request, form, keep, {"form": form})


@require_http_methods(GET_OR_POST)
def change(request: Asked, service_id: UUID) -> HttpResponse:
    """Change a service; when somebody was faster, both values are shown and none is lost."""
    found = get_object_or_404(Service, pk=service_id)
    context = {"service": Service.objects.get(pk=service_id)}
    form = ServiceForm(request.POST or None, instance=found)

    def keep() -> None:
        values, seen = form.values(), form.seen
        change_service(service_id, values, version=seen, by=request.actor, now=clock.now())

    return _kept(request, form, keep, {"form": form, **context})


def _kept(
    request: Asked, form: ServiceForm, keep: Callable[[], None], context: dict[str, object]
) -> HttpResponse:
    """Keep what was sent, or show it again with what hinders it."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                keep()
            except ChangedMeanwhile as error:
                context["both"] = both_values(form, error.theirs)
                status = 409
            except IntegrityError:
                form.add_error("name", _("There is already a service with this name."))
            else:
                messages.success(request, _("Saved."))
                return redirect("needs:services")
    return render(request, "needs/staff/service.html", context, status=status)
