"""What somebody reads when a form is too old to be trusted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.access.policy import row_for
from alongside.people.actors import ActorKind


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was open too long, or came from elsewhere; nothing was changed."""
    why = _("This page was open for a long time. Go back, load it again, and send it once more.")
    row = row_for(request.resolver_match.view_name) if request.resolver_match else None
    # Whoever comes by a link, or to a page that is open to anybody, has nowhere to sign in.
    for_client = row is not None and (bool(row.link) or ActorKind.ANYONE in row.send)
    context = {"why": why, "for_client": for_client}
    return render(request, "403.html", context, status=403)
