"""Colleagues: who works here, as what, and how they come in."""

from copy import copy
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.asked import Asked
from alongside.clinics.clock import now
from alongside.office.actions.keys import WorksElsewhereToo, reset
from alongside.office.actions.staff import (
    LastManager,
    WorksHereAlready,
    add_staff,
    change_staff,
    deactivate,
    invite_again,
    welcome_back,
)
from alongside.office.forms.photo import PhotoForm
from alongside.office.forms.staff import NewColleague, StaffForm
from alongside.office.queries.works import everybody
from alongside.office.views.coming_in import with_own_keys
from alongside.office.views.shown_once import Handed
from alongside.people.models import Staff, User


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: Asked) -> HttpResponse:
    """List who works here, and add a colleague."""
    form = NewColleague(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                new, token = add_staff(**form.cleaned_data, by=request.actor, now=now())
                return _hand_over(request, new, token)
            except WorksHereAlready:
                form.add_error("email", _("Somebody with this address is on the list already."))
    context = {"form": form, "team": everybody()}
    return render(request, "office/staff/team.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def colleague(request: Asked, staff_id: UUID) -> HttpResponse:
    """Change what a colleague is called and does."""
    found = get_object_or_404(Staff.objects.select_related("user"), pk=staff_id)
    form = StaffForm(request.POST or None, instance=copy(found))
    is_me, was = found.user_id == request.user.pk, found.role
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_staff(found, form.cleaned_data, by=request.actor, now=now())
            except LastManager:
                form.add_error("role", _last_manager())
            else:
                if is_me and found.role != was:
                    request.session.flush()
                messages.success(request, _("Saved."))
                return redirect("office:colleague", staff_id=staff_id)
    context = {"form": form, "photo": PhotoForm(), "colleague": found}
    return render(request, "office/staff/colleague.html", context, status=status)


@require_POST
def photo(request: Asked, staff_id: UUID) -> HttpResponse:
    """Put a face to a colleague's name for new clients, or take it away."""
    found = get_object_or_404(Staff.objects.select_related("user"), pk=staff_id)
    if request.POST.get("do") == "remove":
        change_staff(found, {"photo": ""}, by=request.actor, now=now())
        messages.success(request, _("The picture is taken away."))
        return redirect("office:colleague", staff_id=staff_id)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        change_staff(found, form.cleaned_data, by=request.actor, now=now())
        messages.success(request, _("Saved."))
        return redirect("office:colleague", staff_id=staff_id)
    context = {"form": StaffForm(instance=copy(found)), "photo": form, "colleague": found}
    return render(request, "office/staff/colleague.html", context, status=422)


@require_POST
def send_off(request: Asked, staff_id: UUID) -> HttpResponse:
    """End a colleague's access, everywhere, at once."""
    found = get_object_or_404(Staff, pk=staff_id)
    try:
        deactivate(found, by=request.actor, now=now())
    except LastManager:
        messages.error(request, _last_manager())
    else:
        if found.user_id == request.user.pk:
            request.session.flush()
        said = _("%(name)s can no longer come in: every session and link has ended.")
        messages.success(request, said % {"name": found.name})
    return redirect("office:colleague", staff_id=staff_id)


@require_POST
@with_own_keys
def reset_keys(request: Asked, user: User, staff_id: UUID) -> HttpResponse:
    """Help a colleague who lost their phone; only whoever just showed that it is them."""
    found = get_object_or_404(Staff.objects.select_related("user"), pk=staff_id)
    try:
        reset(found, by=request.actor, now=now())
    except WorksElsewhereToo:
        said = _(
            "%(name)s works in another clinic as well, and what opens that is not ours to take "
            "away. A recovery code lets them in; or whoever runs the machine, with “alongside "
            "invite”."
        )
        messages.error(request, said % {"name": found.name})
        return redirect("office:colleague", staff_id=staff_id)
    if found.user_id == user.pk:
        request.session.flush()
    said = _("%(name)s is signed out, and chooses a new code app or passkey at the next sign-in.")
    messages.success(request, said % {"name": found.name})
    return redirect("office:colleague", staff_id=staff_id)


@require_POST
def new_link(request: Asked, staff_id: UUID) -> HttpResponse:
    """Make a new address by which a colleague comes in."""
    found = get_object_or_404(Staff.objects.select_related("user"), pk=staff_id)
    give = invite_again if found.is_active else welcome_back
    return _hand_over(request, found, give(found, by=request.actor, now=now()))


def _hand_over(request: Asked, staff: Staff, token: str) -> HttpResponse:
    context = {"one": Handed.invitation(staff, token), "back": "office:team"}
    return render(request, "office/staff/handed.html", context)


def _last_manager() -> str:
    return _("Somebody must be able to change the settings. Make another person manager first.")
