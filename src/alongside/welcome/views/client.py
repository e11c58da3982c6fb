"""What a client sends by their own link: a wish, or what they hope for."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.actions.once import TooManyTries, count_attempt
from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.ui import comfort
from alongside.ui.see_other import see_other
from alongside.visits.models import Visit
from alongside.visits.queries.client import own_visit
from alongside.welcome.actions.hopes import VisitHasBegun, say_hopes
from alongside.welcome.actions.wish import NotWaiting, make_wish, withdraw_wish
from alongside.welcome.models import WishKind
from alongside.welcome.views.hopes_form import HopesForm

# Asking is never refused; taking back is, after so many in ten minutes: nobody needs more.
MOST_WITHDRAWN = 10


@require_POST
def wish(request: Asked, token: str, kind: str) -> HttpResponse:
    """One tap: ask for it, or no longer need it."""
    if request.POST.get("do") == "never-mind":
        return _never_mind(request, token, kind)
    # Not here yet, called in or already inside: the page shows how it is now.
    with suppress(NotWaiting):
        make_wish(_own(request), kind, by=request.actor, now=clock.now())
    answer = _back(token, "#wishes")
    if kind == WishKind.PRINT:
        comfort.remember(answer, comfort.BIG_PRINT, "1")
    return answer


def _never_mind(request: Asked, token: str, kind: str) -> HttpResponse:
    visit, now = _own(request), clock.now()
    try:
        count_attempt(f"never-mind:{visit.pk}", now=now, most=MOST_WITHDRAWN)
        withdraw_wish(visit, kind, by=request.actor, now=now)
    except TooManyTries:
        messages.info(request, _("The front desk knows what you asked for. Please tell them."))
    return _back(token, "#wishes")


@require_POST
def hopes(request: Asked, token: str) -> HttpResponse:
    """What they hope for and what worries them; what was typed is never lost."""
    visit, form = _own(request), HopesForm(request.POST)
    context = {"visit": visit, "form": form, "token": token}
    if not form.is_valid():
        return render(request, "welcome/client/hopes_again.html", context, status=422)
    try:
        say_hopes(visit, **form.cleaned_data, by=request.actor, now=clock.now())
    except VisitHasBegun:
        context["has_begun"] = True
        return render(request, "welcome/client/hopes_again.html", context, status=409)
    name = visit.therapist.short_name
    messages.success(request, _("Thank you. %(name)s reads it before you meet.") % {"name": name})
    return _back(token)


def _own(request: Asked) -> Visit:
    found = own_visit(request.link.subject) if request.link else None
    if found is None:
        raise Http404("visit")
    return found


def _back(token: str, to: str = "") -> HttpResponseRedirect:
    return see_other("visits:visit", token, after=to)
