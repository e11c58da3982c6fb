"""The door for staff: sign in, sign out, choose the clinic."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.actions.once import TooManyTries
from alongside.access.address import address_of
from alongside.access.asked import Asked
from alongside.clinics.clock import now
from alongside.office.actions.sign_in import let_in, let_out, move_to, who_is_this
from alongside.office.forms.door import SignInForm
from alongside.office.queries.works import works_of
from alongside.people.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Asked) -> HttpResponse:
    """Ask for the e-mail address and the password."""
    if request.actor.is_staff:
        return redirect(_next(request))
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            user = who_is_this(**form.cleaned_data, address=address_of(request), now=now())
        except TooManyTries:
            form.add_error(None, _("Too many tries. Wait ten minutes, then try again."))
            status = 429
        else:
            if user is not None:
                return _welcome(request, user)
            form.add_error(None, _("This address and this password do not go together."))
    answer = render(
        request,
        "office/client/sign_in.html",
        {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")},
        status=status,
    )
    if status == 429:
        answer["Retry-After"] = "600"
    return answer


@require_POST
def sign_out(request: Asked) -> HttpResponse:
    """Go out, and leave nothing of the session behind."""
    let_out(request, now=now())
    return redirect("office:sign-in")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_clinic(request: Asked) -> HttpResponse:
    """Say in which clinic one is today."""
    assert isinstance(request.user, User)  # noqa: S101 - the access table lets staff in only
    works = works_of(request.user)
    if request.method == "POST":
        chosen = next((one for one in works if str(one.pk) == request.POST.get("works")), None)
        if chosen is not None:
            after = _next(request)
            move_to(request, chosen, now=now())
            return redirect(after)
    return render(
        request,
        "office/client/choose_clinic.html",
        {"works": works, "next": request.POST.get("next") or request.GET.get("next", "")},
    )


def _welcome(request: Asked, user: User) -> HttpResponse:
    after = _next(request)
    works = works_of(user)
    let_in(request, works[0], how="password", now=now())
    if len(works) == 1:
        return redirect(after)
    return redirect(reverse("office:choose-clinic", query={"next": after}))


def _next(request: HttpRequest) -> str:
    """Give where the person wanted to go: a path of this site, never another host."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else "/"
