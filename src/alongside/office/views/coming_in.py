"""What the pages of signing in share: where to go next, and whose page this is."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.access import presence
from alongside.access.asked import Asked
from alongside.clinics.clock import now
from alongside.keys.queries import has_second
from alongside.office.actions import half
from alongside.office.actions.sign_in import let_in
from alongside.office.queries.works import works_of
from alongside.people.models import Staff, User
from alongside.rules.door.second import needs_second

P = ParamSpec("P")


def next_of(request: HttpRequest) -> str:
    """Give where the person wanted to go: a path of this site, never another host."""
    return ours(request.POST.get("next") or request.GET.get("next") or "/")


def ours(asked: str) -> str:
    """Give a path of this site as it is, and the first page for anything else."""
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else "/"


def by_script(request: HttpRequest) -> bool:
    """Tell whether our own script asks: it shows the pad over the page, and the page stays."""
    return request.headers.get("Accept") == "application/json"


def welcome(
    request: Asked, user: User, *, how: str, after: str, clinic: object = None
) -> HttpResponse:
    """Go on after a right password: to the second step, or in where none is needed."""
    works = works_of(user)
    if has_second(user) or any(needs_second(one.role) for one in works):
        half.begin(request, user, how=how, after=after, clinic=clinic, now=now())
        return redirect("office:second")
    works.sort(key=lambda one: one.clinic_id != clinic)
    return enter(request, works, how=how, shown="", after=after)


def enter(
    request: Asked, works: "list[Staff] | tuple[Staff, ...]", *, how: str, shown: str, after: str
) -> HttpResponse:
    """Open the session, and go to where the person wanted to go."""
    let_in(request, works[0], how=how, shown=shown, now=now())
    if len(works) == 1:
        return redirect(after)
    return redirect(reverse("office:choose-clinic", query={"next": after}))


def with_own_keys(
    view: Callable[Concatenate[Asked, User, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let a view change somebody's own keys: of who just showed that it is them.

    Either somebody signed in, who showed it within ten minutes; or somebody half-way in who has
    nothing to show yet. Whoever has something shows that first.
    """

    @wraps(view)
    def _view(request: Asked, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        user = request.user
        if request.actor.is_staff and isinstance(user, User):
            if not presence.is_fresh(request.session, now=now()):
                here = request.path if request.method == "GET" else reverse("office:sign-ins")
                return redirect(reverse("office:again", query={"next": here}))
            return view(request, user, *args, **kwargs)
        half_way = half.half_of(request, now=now())
        if half_way is None or has_second(half_way.user):
            return redirect("office:second" if half_way else "office:sign-in")
        return view(request, half_way.user, *args, **kwargs)

    return _view
