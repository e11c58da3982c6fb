"""The door of one's own page: a link by e-mail, and no password."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access import own
from alongside.access.actions.once import TooManyTries
from alongside.access.address import address_of
from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.mine.actions.ask import ask_for_link
from alongside.mine.actions.come_in import AlreadyUsed, come_in, end_others, go_out
from alongside.mine.actions.come_in import choose as choose_page
from alongside.mine.forms import AskForm
from alongside.mine.queries.came import signed_in
from alongside.people.actors import OWN

GET_OR_POST = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(GET_OR_POST)
def sign_in(request: Asked) -> HttpResponse:
    """Ask for the e-mail address; whatever it is, the answer is the same."""
    if request.actor.kind in OWN:
        return redirect("mine:home")
    form = AskForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    status = 200
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            link = ask_for_link(email, address=address_of(request), now=clock.now())
        except TooManyTries:
            form.add_error(None, _("Too many tries. Wait ten minutes, then try again."))
            status = 429
        else:
            # In the demo nothing leaves the house: its letters are read on the page.
            context = {"email": email, "demo_link": link if settings.DEMO else ""}
            return render(request, "mine/client/look_in_your_post.html", context)
    answer = render(request, "mine/client/sign_in.html", context, status=status)
    if status == 429:
        answer["Retry-After"] = "600"
    return answer


@require_http_methods(GET_OR_POST)
def enter(request: Asked, token: str) -> HttpResponse:
    """Use the link by a button: a mail scanner that looks at an address uses nothing."""
    assert request.link is not None  # noqa: S101 - the access table has read the secret
    if request.method != "POST":
        return render(request, "mine/client/enter.html", {})
    try:
        pages = come_in(request, request.link, now=clock.now(), speed=clock.speed())
    except AlreadyUsed:
        messages.warning(request, _("This link was used a moment ago. Ask for a new one."))
        return redirect("mine:sign-in")
    return redirect("mine:home" if len(pages) == 1 else "mine:choose")


@never_cache
@require_http_methods(GET_OR_POST)
def choose(request: Asked) -> HttpResponse:
    """Say whose page, among those that the link has proved."""
    now = clock.now()
    email = own.proven(request.session, now=now)
    if not email:
        return redirect("mine:sign-in")
    pages = own.pages_open_to(request.session, now=now)
    if request.method == "POST":
        chosen = next((one for one in pages if one.key == request.POST.get("page")), None)
        if chosen is not None:
            choose_page(request, chosen, now=now, speed=clock.speed())
            return redirect("mine:home")
    return render(request, "mine/client/choose.html", {"pages": pages})


@require_POST
def sign_out(request: Asked) -> HttpResponse:
    """Go out, and leave nothing of the session behind."""
    go_out(request, now=clock.now())
    return redirect("mine:sign-in")


@require_http_methods(GET_OR_POST)
def sign_ins(request: Asked) -> HttpResponse:
    """Show where this address is signed in, and end it everywhere else."""
    email = own.proven(request.session, now=clock.now())
    this = request.session.session_key or ""
    if request.method == "POST":
        ended = end_others(email, but=this)
        said = ngettext(
            "You are signed out in %(count)d other place.",
            "You are signed out in %(count)d other places.",
            ended,
        )
        messages.success(request, said % {"count": ended})
        return redirect("mine:sign-ins")
    context = {"places": signed_in(email, this=this), "email": email}
    return render(request, "mine/client/sign_ins.html", context)
