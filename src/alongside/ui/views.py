"""The comfort buttons, which work from any page and lead back to it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from alongside.access.middleware import LANGUAGE_COOKIE
from alongside.clinics import clock
from alongside.ui import comfort as choices
from alongside.ui.see_other import see_other
from alongside.ui.specimen import specimen_context

SHELLS = ("client", "staff", "screen", "kiosk")


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Go back to the page the button was on: a path of this site, never another host."""
    there = request.POST.get("next", "")
    ours = there.startswith("/") and url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return see_other(there if ours else "/")


@require_POST
def comfort(request: HttpRequest) -> HttpResponse:
    """Switch bigger print or easier reading on or off, on this device."""
    answer = _back(request)
    for field, cookie in choices.COOKIES.items():
        if field not in request.POST:
            continue
        if request.POST[field] == "1":
            choices.remember(answer, cookie, "1")
        else:
            choices.forget(answer, cookie)
    return answer


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language on this device from now on."""
    answer = _back(request)
    asked = request.POST.get("language", "")
    if asked in dict(settings.LANGUAGES):
        choices.remember(answer, LANGUAGE_COOKIE, asked)
    return answer


@require_GET
def specimen(request: HttpRequest, shell: str = "client") -> HttpResponse:
    """Show every component on one page, to whoever builds with them; nobody else."""
    if shell not in SHELLS or not (settings.DEBUG or settings.DEMO):
        raise Http404("specimen")
    context: dict[str, Any] = specimen_context(clock.now())
    return render(request, f"ui/specimen/{shell}.html", context)
