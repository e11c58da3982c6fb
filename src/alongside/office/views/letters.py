"""Addresses with a secret: looking at one never uses it up; only the button does."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access import presence
from alongside.access.actions.once import TooManyTries
from alongside.access.asked import Asked
from alongside.access.middleware import nothing_here
from alongside.access.who import DEVICE_COOKIE
from alongside.clinics.clock import now
from alongside.office.actions.knock import knock
from alongside.office.actions.sign_in import let_in
from alongside.office.actions.staff_links import WrongPassword, accept_invitation
from alongside.office.forms.door import Invited
from alongside.office.models import StaffLink
from alongside.office.queries.staff_links import device_to_start, staff_link_for
from alongside.office.views.coming_in import welcome
from alongside.office.views.home import DEVICE_PAGES
from alongside.people.actors import ActorKind

P = ParamSpec("P")
TEN_YEARS = 10 * 365 * 24 * 3600


def with_a_secret(
    view: Callable[Concatenate[Asked, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Keep the secret in the address private, and count the wrong ones so that nobody guesses."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def _view(request: Asked, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except Http404:
            return nothing_here(request, now=now())
        answer["Cache-Control"] = "no-store"
        answer["Referrer-Policy"] = "same-origin"
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return _view


@with_a_secret
def enter(request: Asked, token: str) -> HttpResponse:
    """Take the seat of one of the demo's cast."""
    link = staff_link_for(token, purpose=StaffLink.ENTER, now=now()) if settings.DEMO else None
    if link is None:
        raise Http404("link")
    if request.method == "POST":
        let_in(request, link.staff, how="demo", shown=presence.DEMO, now=now())
        return redirect("home")
    return render(request, "office/client/enter.html", {"staff": link.staff})


@with_a_secret
def invitation(request: Asked, token: str) -> HttpResponse:
    """Choose a password and come in, once."""
    link = staff_link_for(token, purpose=StaffLink.INVITE, now=now())
    if link is None:
        raise Http404("link")
    form = Invited(request.POST or None, user=link.staff.user)
    if request.method == "POST" and form.is_valid():
        try:
            knock(f"account:{link.staff.user.email}", now=now())
            accept_invitation(link, form.cleaned_data["password"], now=now())
        except TooManyTries:
            form.add_error(None, _("Too many tries. Wait ten minutes, then try again."))
        except WrongPassword:
            form.add_error("password", _("You sign in here already: use the password you have."))
        else:
            user, clinic = link.staff.user, link.staff.clinic_id
            return welcome(request, user, how="invitation", after="/", clinic=clinic)
    context = {"form": form, "staff": link.staff, "clinic": link.staff.clinic}
    return render(request, "office/client/invitation.html", context)


@with_a_secret
def device_enter(request: Asked, token: str) -> HttpResponse:
    """Make this tablet or screen the one that was added in the settings."""
    device = device_to_start(token)
    if device is None:
        raise Http404("device")
    if request.method != "POST":
        return render(request, "office/client/device.html", {"device": device})
    answer = redirect(DEVICE_PAGES[ActorKind(device.kind)])
    # Somebody who signed in on the tablet would otherwise come before the device.
    request.session.flush()
    answer.set_cookie(
        DEVICE_COOKIE,
        token,
        max_age=TEN_YEARS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer
