"""One's own page: what one works as, and the password."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.actions.once import TooManyTries
from alongside.access.asked import Asked
from alongside.clinics.clock import now
from alongside.office.actions.password import WrongOldPassword, change_password
from alongside.office.forms.door import ChangePassword
from alongside.office.queries.works import works_in, works_of
from alongside.people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: Asked) -> HttpResponse:
    """Show what somebody works as, and let them change their password."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the access table lets staff in only
    form = ChangePassword(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            change_password(request, **form.cleaned_data, now=now())
        except TooManyTries:
            form.add_error(None, _("Too many tries. Wait ten minutes, then try again."))
        except WrongOldPassword:
            form.add_error("old", _("This is not the password you signed in with."))
        else:
            messages.success(request, _("Your password is changed. Other places are signed out."))
            return redirect("office:me")
    context = {
        "form": form,
        "works": works_in(user, request.clinic.pk),
        "elsewhere": len(works_of(user)) > 1,
    }
    return render(request, "office/staff/me.html", context)
