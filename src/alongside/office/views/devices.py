"""Kiosks, screens, and the poster at the door."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.actions.devices import add_device, end_device
from alongside.access.asked import Asked
from alongside.access.models import Device
from alongside.clinics.clock import now
from alongside.office.actions.clinic import renew_door_code
from alongside.office.forms.settings import DeviceForm
from alongside.office.views.shown_once import Handed, door_address, qr


@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: Asked) -> HttpResponse:
    """List kiosks and screens, and add one; its address is shown this once."""
    form = DeviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device, token = add_device(**form.cleaned_data, by=request.actor, now=now())
        one = Handed.of(device.name, "office:device-enter", token)
        context = {"one": one, "device": device, "back": "office:devices"}
        return render(request, "office/staff/handed.html", context)
    context = {"form": form, "devices": Device.objects.filter(ended_at=None)}
    return render(request, "office/staff/devices.html", context, status=422 if form.errors else 200)


@require_POST
def remove_device(request: Asked, device_id: UUID) -> HttpResponse:
    """Take a device's access away."""
    device = get_object_or_404(Device, pk=device_id)
    end_device(device, by=request.actor, now=now())
    messages.success(request, _("“%(name)s” is removed.") % {"name": device.name})
    return redirect("office:devices")


@require_http_methods(["GET", "HEAD", "POST"])
def poster(request: Asked) -> HttpResponse:
    """Show the poster for the door, ready to print; or give it a new address."""
    if request.method == "POST":
        renew_door_code(request.clinic, by=request.actor, now=now())
        messages.success(request, _("The poster has a new address. Print it again."))
        return redirect("office:poster")
    address = door_address(request.clinic)
    context = {"address": address, "code": qr(address), "languages": ("en", "fr")}
    return render(request, "office/staff/poster.html", context)
