"""The door for staff: sign in, sign out, choose the clinic."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.actions.once import TooManyTries
from alongside.access.address import address_of
from alongside.access.asked import Asked
from alongside.access.who import behind_lock
from alongside.clinics.clock import now
from alongside.office.actions.half import half_of
from alongside.office.actions.sign_in import let_out, move_to, who_is_this
from alongside.office.forms.door import SignInForm
from alongside.office.queries.works import works_of
from alongside.office.views.coming_in import next_of, welcome
from alongside.people.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Asked) -> HttpResponse:
    """Ask for the e-mail address and the password."""
    if request.actor.is_staff:
        return redirect(next_of(request))
    if request.method != "POST" and not request.actor.is_staff and behind_lock(request, now=now()):
        return redirect(reverse("office:lock", query={"next": next_of(request)}))
    if request.method != "POST" and half_of(request, now=now()):
        return redirect("office:second")
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
                return welcome(request, user, how="password", after=next_of(request))
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
            after = next_of(request)
            move_to(request, chosen, now=now())
            return redirect(after)
    return render(
        request,
        "office/client/choose_clinic.html",
        {"works": works, "next": request.POST.get("next") or request.GET.get("next", "")},
    )
