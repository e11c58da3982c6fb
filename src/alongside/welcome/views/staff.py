"""What the desk sends from the board: I am going, done, not after all; offered."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.ui.see_other import see_other
from alongside.visits.models import Visit
from alongside.welcome.actions.offer import offer, take_back_offer
from alongside.welcome.actions.see_to import SomebodyIsGoing, finish_wish, let_go, take_wish
from alongside.welcome.models import OfferKind, Wish

SEE_TO: dict[str, Callable[..., None]] = {
    "going": take_wish,
    "done": finish_wish,
    "not-after-all": let_go,
}
OFFER: dict[str, Callable[..., None]] = {"offer": offer, "take-back": take_back_offer}


@require_POST
def answer(request: Asked, wish: UUID) -> HttpResponse:
    """See to a wish; of two who tap at once, one goes and the other sees who."""
    rows = Wish.objects.select_related("visit", "clinic")
    found, act = get_object_or_404(rows, pk=wish), _chosen(request, SEE_TO)
    try:
        act(found, by=request.actor, now=clock.now())
    except SomebodyIsGoing as other:
        _say_who(request, other.wish)
    return _board()


@require_POST
def offered(request: Asked, visit: UUID) -> HttpResponse:
    """Note what was offered to somebody who waits."""
    kind, act = request.POST.get("kind", ""), _chosen(request, OFFER)
    if kind not in OfferKind.values:
        raise Http404("kind")
    found = get_object_or_404(Visit, pk=visit)
    act(found, kind, by=request.actor, now=clock.now())
    return _board()


def _chosen(request: Asked, choices: dict[str, Callable[..., None]]) -> Callable[..., None]:
    act = choices.get(request.POST.get("do", ""))
    if act is None:
        raise Http404("do")
    return act


def _say_who(request: Asked, wish: Wish) -> None:
    """Say it where the page is loaded whole; a live board shows who is going on its row."""
    if request.headers.get("HX-Request") == "true":
        return
    if wish.taken_by is None or wish.withdrawn_at:
        messages.info(request, _("This is no longer needed."))
    else:
        messages.info(request, _("%(name)s is already going.") % {"name": wish.taken_by.short_name})


def _board() -> HttpResponse:
    """Go back to the board: a browser that asked for a piece gets the piece."""
    return see_other("visits:board")
