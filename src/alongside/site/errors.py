"""What somebody reads when a form is too old to be trusted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was open too long, or came from elsewhere; nothing was changed."""
    why = _("This page was open for a long time. Go back, load it again, and send it once more.")
    return render(request, "403.html", {"why": why}, status=403)
