"""The locked screen: a full page where there is no script, a pad over the board where there is."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.actions.once import TooManyTries
from alongside.access.asked import Asked
from alongside.access.who import behind_lock
from alongside.clinics.clock import now
from alongside.clinics.current import working_in
from alongside.keys.queries import has_passkey, has_pin
from alongside.office.actions import lock as locks
from alongside.office.forms.lock import NewPin, PinForm
from alongside.office.queries.works import works_in
from alongside.office.views.coming_in import by_script, next_of, ours, with_own_keys
from alongside.people.models import User

WRONG, GONE = 403, 401


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: Asked) -> HttpResponse:
    """Lock the screen; or show the pad of one that is locked."""
    if request.method == "POST" and request.actor.is_staff:
        is_locked = locks.lock(request, now=now())
        if by_script(request):
            return HttpResponse(status=204 if is_locked else WRONG)
        if not is_locked:
            return redirect("office:pin")
        return redirect(reverse("office:lock", query={"next": next_of(request)}))
    return _pad(request, PinForm())


@never_cache
@require_POST
def unlock(request: Asked) -> HttpResponse:
    """Open the screen with the PIN; after five wrong ones it takes signing in."""
    staff = behind_lock(request, now=now())
    if staff is None or request.actor.is_staff:
        return HttpResponse(status=GONE) if by_script(request) else redirect(next_of(request))
    form = PinForm(request.POST)
    try:
        typed = form.data.get("pin", "")
        if form.is_valid() and locks.opens_by_pin(request, staff, typed, now=now()):
            return HttpResponse(status=204) if by_script(request) else redirect(next_of(request))
    except TooManyTries:
        locks.give_up(request, staff, now=now())
        return HttpResponse(status=GONE) if by_script(request) else redirect("office:sign-in")
    if by_script(request):
        return HttpResponse(status=WRONG)
    form.add_error("pin", _("This is not your PIN."))
    return _pad(request, form)


@require_POST
def here(request: Asked) -> HttpResponse:
    """Hear that somebody types or points, on a page that asks nothing of us meanwhile."""
    return HttpResponse(status=204)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_own_keys
def pin(request: Asked, user: User) -> HttpResponse:
    """Choose the PIN that opens one's locked screen, or take it away."""
    staff = works_in(user, request.clinic.pk)
    assert staff is not None  # noqa: S101 - the access table lets staff in only
    if request.POST.get("do") == "remove":
        locks.keep_pin(request, staff, "", now=now())
        return redirect("office:sign-ins")
    form = NewPin(request.POST or None)
    if request.method == "POST" and form.is_valid():
        locks.keep_pin(request, staff, form.cleaned_data["pin"], now=now())
        return redirect("office:sign-ins")
    context = {"form": form, "has_pin": has_pin(staff), "after": request.clinic.lock_after}
    return render(request, "office/staff/pin.html", context)


def _pad(request: Asked, form: PinForm) -> HttpResponse:
    staff = behind_lock(request, now=now())
    if request.actor.is_staff or staff is None:
        return redirect(next_of(request) if request.actor.is_staff else "office:sign-in")
    with working_in(staff.clinic_id):
        pin_there = has_pin(staff)
    context = {
        "form": form,
        "staff": staff,
        "next": ours(next_of(request)),
        "has_pin": pin_there,
        "has_passkey": has_passkey(staff.user),
    }
    return render(request, "office/client/lock.html", context)
