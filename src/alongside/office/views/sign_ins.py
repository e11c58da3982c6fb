"""Where one is signed in: look at each session, and end it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from alongside.access import presence
from alongside.access.asked import Asked
from alongside.clinics.clock import now
from alongside.keys.queries import has_pin, keyring_of
from alongside.office.actions.sessions import end_other_sessions, end_session
from alongside.office.queries.sign_ins import open_sessions
from alongside.office.queries.works import works_in
from alongside.people.models import User


@require_safe
def sign_ins(request: Asked) -> HttpResponse:
    """List one's own sessions: what on, since when, last used, and from about where."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the access table lets staff in only
    this = request.session.session_key or ""
    works = works_in(user, request.clinic.pk)
    context = {
        "sessions": open_sessions(user, this=this, now=now()),
        "keys": keyring_of(user),
        "has_pin": works is not None and has_pin(works),
        "stay": presence.stay_in(request.clinic, request.actor.kind.value),
    }
    return render(request, "office/staff/sign_ins.html", context)


@require_POST
def end(request: Asked) -> HttpResponse:
    """End one session of one's own, or all the others."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the access table lets staff in only
    which = request.POST.get("which", "")
    if which == "others":
        this = request.session.session_key or ""
        count = end_other_sessions(user, but=this, by=request.actor, now=now())
        said = ngettext(
            "One other place is signed out.", "%(n)d other places are signed out.", count
        )
        messages.success(request, said % {"n": count})
    else:
        try:
            ended = end_session(user, UUID(which), by=request.actor, now=now())
        except ValueError:
            ended = False
        if not ended:
            raise Http404("session")
        messages.success(request, _("That place is signed out."))
    return redirect("office:sign-ins")
