"""The clinics of a network, in numbers; and a new one."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.asked import Asked
from alongside.clinics.clock import now
from alongside.network.actions.clinics import add_clinic
from alongside.network.forms import NewClinic
from alongside.network.queries.health import clinics_of, health_of
from alongside.office.actions.staff import WorksHereAlready
from alongside.office.forms.clinic import zones


@require_safe
def home(request: Asked) -> HttpResponse:
    """List the clinics, with what says whether they are well."""
    clinics = clinics_of(request.clinic.network)
    context = {"network": request.clinic.network, "rows": health_of(clinics, now())}
    return render(request, "network/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Asked) -> HttpResponse:
    """Add a clinic; its first manager's address is shown once."""
    form = NewClinic(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            who, token = add_clinic(
                request.clinic.network, **form.cleaned_data, by=request.actor, now=now()
            )
        except WorksHereAlready:
            form.add_error("email", _("Somebody with this address is on the list already."))
        else:
            address = f"{settings.PUBLIC_URL}{_invitation(token)}"
            return render(request, "network/added.html", {"who": who, "address": address})
    status = 422 if form.is_bound else 200
    context = {"form": form, "zones": zones()}
    return render(request, "network/add.html", context, status=status)


def _invitation(token: str) -> str:
    return reverse("office:invitation", args=[token])
