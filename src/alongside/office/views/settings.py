"""The settings of the clinic, a page for each thing; for managers."""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError
from django.forms import BaseForm, BaseFormSet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.asked import Asked
from alongside.clinics.clock import now
from alongside.office.actions.clinic import (
    StillInUse,
    change_clinic,
    set_hours,
    set_kinds,
    set_rooms,
)
from alongside.office.forms.clinic import AboutClinic, zones
from alongside.office.forms.rows import KindRows, RoomRows, kind_rows, lines, room_rows
from alongside.office.forms.settings import MessagesForm, PartsForm, StayForm
from alongside.office.forms.week import Week
from alongside.office.queries.clinic import week
from alongside.people.models import Role
from alongside.rules.door.staying import stay_of

GET_OR_POST = ["GET", "HEAD", "POST"]


def unknown_is_404(view: Callable[[Asked], HttpResponse]) -> Callable[[Asked], HttpResponse]:
    """Answer a line whose row is not of this clinic as if there were no such row at all."""

    @wraps(view)
    def _view(request: Asked) -> HttpResponse:
        try:
            return view(request)
        except ObjectDoesNotExist:
            raise Http404("row") from None

    return _view


@require_safe
def settings(request: Asked) -> HttpResponse:
    """Show what can be changed, and where."""
    return render(request, "office/staff/settings.html")


@require_http_methods(GET_OR_POST)
def clinic(request: Asked) -> HttpResponse:
    """Change what the clinic says about itself."""
    # The form writes into what it is given; the action must still see how it was.
    form = AboutClinic(request.POST or None, instance=copy(request.clinic))
    if request.method == "POST" and form.is_valid():
        change_clinic(request.clinic, form.cleaned_data, by=request.actor, now=now())
        return _saved(request)
    context = {"form": form, "zones": zones()}
    return render(request, "office/staff/clinic.html", context, status=_status(form))


@require_http_methods(GET_OR_POST)
def hours(request: Asked) -> HttpResponse:
    """Change when the clinic is open."""
    form = Week(request.POST or None, spans=week())
    if request.method == "POST" and form.is_valid():
        set_hours(form.spans(), by=request.actor, now=now())
        return _saved(request)
    return render(request, "office/staff/hours.html", {"form": form}, status=_status(form))


@require_http_methods(GET_OR_POST)
@unknown_is_404
def rooms(request: Asked) -> HttpResponse:
    """Add, rename and remove rooms."""
    rows = RoomRows(request.POST or None, initial=room_rows(), prefix="rooms")
    if request.method == "POST" and rows.is_valid():
        try:
            set_rooms(lines(rows), by=request.actor, now=now())
            return _saved(request)
        except StillInUse as error:
            _say_in_use(rows, error)
        except (ValidationError, IntegrityError):
            rows.forms[0].add_error(None, _("There is already a room with this name."))
    return render(request, "office/staff/rooms.html", {"rows": rows}, status=_status(rows))


@require_http_methods(GET_OR_POST)
@unknown_is_404
def kinds(request: Asked) -> HttpResponse:
    """Add, change and remove kinds of visit."""
    rows = KindRows(request.POST or None, initial=kind_rows(), prefix="kinds")
    if request.method == "POST" and rows.is_valid():
        try:
            set_kinds(lines(rows), by=request.actor, now=now())
            return _saved(request)
        except StillInUse as error:
            _say_in_use(rows, error)
        except (ValidationError, IntegrityError):
            rows.forms[0].add_error(None, _("There is already a kind of visit with this name."))
    return render(request, "office/staff/kinds.html", {"rows": rows}, status=_status(rows))


@require_http_methods(GET_OR_POST)
def letters(request: Asked) -> HttpResponse:
    """Change when people are reminded, and until when they may change a visit themselves."""
    form = MessagesForm(request.POST or None, initial=MessagesForm.known(request.clinic))
    if request.method == "POST" and form.is_valid():
        change_clinic(request.clinic, form.values(), by=request.actor, now=now())
        return _saved(request)
    return render(request, "office/staff/letters.html", {"form": form}, status=_status(form))


@require_http_methods(GET_OR_POST)
def signing_in(request: Asked) -> HttpResponse:
    """Shorten how long people stay signed in."""
    form = StayForm(request.POST or None, initial=StayForm.known(request.clinic))
    if request.method == "POST" and form.is_valid():
        change_clinic(request.clinic, form.values(), by=request.actor, now=now())
        return _saved(request)
    roles = [(label, stay_of(role)) for role, label in Role.choices]
    context = {"form": form, "roles": roles}
    return render(request, "office/staff/signing_in.html", context, status=_status(form))


@require_http_methods(GET_OR_POST)
def parts(request: Asked) -> HttpResponse:
    """Switch parts on and off."""
    form = PartsForm(request.POST or None, off=request.clinic.parts_off)
    if request.method == "POST" and form.is_valid():
        change_clinic(request.clinic, form.values(), by=request.actor, now=now())
        return _saved(request)
    return render(request, "office/staff/parts.html", {"form": form}, status=_status(form))


def _saved(request: Asked) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(request.path)


def _status(form: "BaseForm | BaseFormSet[Any]") -> int:
    bound = form.is_bound and not form.is_valid()
    return 422 if bound else 200


def _say_in_use(rows: "BaseFormSet[Any]", error: StillInUse) -> None:
    for form in rows.forms:
        if form.cleaned_data.get("remove") and form.cleaned_data.get("name") == error.name:
            form.add_error("remove", _("There are visits with it, so it stays. You may rename it."))
