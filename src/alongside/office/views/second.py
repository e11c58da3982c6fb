"""The second step of signing in, and showing once more that it is you."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access import presence
from alongside.access.actions.once import TooManyTries
from alongside.access.address import address_of
from alongside.access.asked import Asked
from alongside.clinics.clock import now
from alongside.keys.queries import has_passkey, has_second
from alongside.office.actions.half import half_of
from alongside.office.actions.second import shows_second
from alongside.office.actions.sign_in import showed_again, who_is_this
from alongside.office.forms.second import AgainForm, PasswordAgain, SecondForm
from alongside.office.views.coming_in import enter, next_of
from alongside.people.models import User

TOO_MANY = 429


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: Asked) -> HttpResponse:
    """Ask for the second thing; whoever has none yet is led to choose one, and nowhere else."""
    half = half_of(request, now=now())
    if half is None:
        return redirect("home" if request.actor.is_staff else "office:sign-in")
    if not has_second(half.user):
        return redirect("office:first-key")
    form = SecondForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        shown = _shown(request, half.user, form)
        if shown:
            return enter(request, half.works, how=shown, shown=shown, after=half.after)
    context = {"form": form, "has_passkey": has_passkey(half.user)}
    return _answer(request, "office/client/second.html", context, form)


@never_cache
@require_safe
def first_key(request: Asked) -> HttpResponse:
    """Let somebody choose what they will show besides their password."""
    half = half_of(request, now=now())
    if half is None or has_second(half.user):
        return redirect("office:second")
    return render(request, "office/client/first_key.html", {"user": half.user})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: Asked) -> HttpResponse:
    """Ask somebody who is signed in to show once more that it is them."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the access table lets staff in only
    has = has_second(user)
    form: AgainForm | PasswordAgain = (AgainForm if has else PasswordAgain)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        right = bool(_shown(request, user, form)) if has else _is_password(request, user, form)
        if right:
            showed_again(request, now=now())
            return redirect(next_of(request))
    context = {
        "form": form,
        "next": next_of(request),
        "has_second": has,
        "has_passkey": has and has_passkey(user),
        "in_demo": request.session.get(presence.STRONG) == presence.DEMO,
    }
    return _answer(request, "office/client/again.html", context, form)


def _shown(request: Asked, user: User, form: "SecondForm | PasswordAgain") -> str:
    code = form.cleaned_data["code"]
    try:
        shown = shows_second(user, code, address=address_of(request), now=now())
    except TooManyTries:
        form.add_error(None, _("Too many tries. Wait ten minutes, then try again."))
        return ""
    if not shown:
        form.add_error("code", _("This code is not right, or it was used already."))
    return shown


def _is_password(request: Asked, user: User, form: "AgainForm | PasswordAgain") -> bool:
    password = form.cleaned_data["password"]
    try:
        found = who_is_this(user.email, password, address=address_of(request), now=now())
    except TooManyTries:
        form.add_error(None, _("Too many tries. Wait ten minutes, then try again."))
        return False
    if found != user:
        form.add_error("password", _("This is not the password you signed in with."))
    return found == user


def _answer(
    request: Asked, template: str, context: dict[str, object], form: "SecondForm | PasswordAgain"
) -> HttpResponse:
    status = TOO_MANY if form.is_bound and form.non_field_errors() else 200
    answer = render(request, template, context, status=status)
    if status == TOO_MANY:
        answer["Retry-After"] = "600"
    return answer
