"""One's own code app, passkeys and recovery codes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access import presence
from alongside.access.asked import Asked
from alongside.clinics.clock import now
from alongside.keys.actions.code_app import address_for, new_secret
from alongside.keys.actions.remove import TheLast
from alongside.keys.queries import recovery_codes_of
from alongside.office.actions import keys
from alongside.office.actions.half import half_of
from alongside.office.actions.lock import may_lock
from alongside.office.forms.second import AppForm
from alongside.office.queries.works import works_in
from alongside.office.views.coming_in import enter, next_of, with_own_keys
from alongside.office.views.shown_once import qr
from alongside.people.models import User

# Where the secret of an app that is being set up waits in the session.
WAITING = "new_app"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_own_keys
def code_app(request: Asked, user: User) -> HttpResponse:
    """Take up a code app: scan, type the six digits it shows, done."""
    secret = str(request.session.get(WAITING) or new_secret())
    request.session[WAITING] = secret
    form = AppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if keys.take_up_app(user, secret, form.cleaned_data["code"], now=now()):
            del request.session[WAITING]
            return added(request, user, shown=presence.CODE)
        form.add_error(
            "code",
            _("This code is not right. Wait for the next one; check that the phone’s clock is."),
        )
    address = address_for(user, secret)
    parts = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    context = {"form": form, "code": qr(address), "address": address, "secret": parts}
    return render(request, "office/client/code_app.html", context)


def added(request: Asked, user: User, *, shown: str) -> HttpResponse:
    """Go on after something new was taken up: in, and to the recovery codes if it is the first."""
    first = not recovery_codes_of(user)
    if first:
        keys.make_codes(user, now=now())
    half = half_of(request, now=now())
    after = reverse("office:sign-ins")
    if half is not None:
        after = half.after
        if first:
            after = reverse("office:recovery-codes", query={"next": after})
        return enter(request, half.works, how=half.how, shown=shown, after=after)
    messages.success(request, _("Saved."))
    works = works_in(user, request.clinic.pk)
    if works is not None:
        may_lock(request, works)
    # Somebody whose role needs no second thing has one from now on.
    request.session[presence.STRONG] = request.session.get(presence.STRONG) or shown
    return redirect("office:recovery-codes" if first else after)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_own_keys
def recovery_codes(request: Asked, user: User) -> HttpResponse:
    """Show the recovery codes, or make new ones."""
    if request.method == "POST":
        keys.make_codes(user, now=now())
        messages.success(request, _("These are new; the old ones open nothing any more."))
        return redirect("office:recovery-codes")
    context = {"codes": recovery_codes_of(user), "next": next_of(request)}
    return render(request, "office/client/recovery_codes.html", context)


@require_POST
@with_own_keys
def remove_key(request: Asked, user: User) -> HttpResponse:
    """Take one of one's own keys away; the last one stays where the role needs it."""
    which = request.POST.get("which", "")
    try:
        if not which.isdecimal() or not keys.drop(user, int(which), now=now()):
            raise Http404("key")
    except TheLast:
        messages.error(
            request, _("This is the only one you have. Add another first, then take it away.")
        )
    else:
        messages.success(request, _("It is taken away, and opens nothing any more."))
    return redirect("office:sign-ins")
