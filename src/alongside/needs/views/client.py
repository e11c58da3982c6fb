"""A client's own needs: what is hard, in plain choices, saved at each tap; offers answered."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.mine.reader import is_client, reader, whose_page
from alongside.needs import messages as said
from alongside.needs.actions.offer import answer
from alongside.needs.actions.say import NothingSaid, say_how_hard, say_more
from alongside.needs.forms import HowHardForm, MoreForm
from alongside.needs.queries.profile import lines_of, proposal_of, proposals_of
from alongside.needs.queries.who_sees import seen_by
from alongside.needs.views.pictures import rows
from alongside.people.models import Client
from alongside.rules.needs import BY_CODE, area, chapter
from alongside.rules.profile import Said, Voice
from alongside.ui.see_other import see_other

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def needs(request: Asked) -> HttpResponse:
    """Show what is hard for me and what helps, what I was offered, and what I can tell."""
    client = whose_page(request)
    record_seen("needs.see", [client.pk], by=request.actor, now=clock.now())
    areas = seen_by(request.actor, client.pk)
    found = lines_of(client.pk, areas)
    told = {chapter(line.code) for line in found if _voice(request) in line.sides}
    context = {
        **reader(request, client),
        "rows": rows(found, request.clinic.zone),
        "proposals": proposals_of(client.pk, areas),
        "chapters": [(code, said.title(code), code in told) for code in said.chapters(areas)],
    }
    piece = "#piece" if request.headers.get("HX-Request") == "true" else ""
    return render(request, f"needs/client/needs.html{piece}", context)


@require_http_methods(GET_OR_POST)
def ask(request: Asked) -> HttpResponse:
    """Ask about one part of life; each tap is saved at once."""
    client = whose_page(request)
    if request.method == "POST":
        return _said(request, client)
    areas = seen_by(request.actor, client.pk)
    chapters = said.chapters(areas)
    of = request.GET.get("of", next(iter(chapters), ""))
    if of not in chapters:
        raise Http404("of")
    record_seen("needs.see", [client.pk], by=request.actor, now=clock.now())
    own = {
        line.code: line.sides[_voice(request)].now
        for line in lines_of(client.pk, areas)
        if _voice(request) in line.sides
    }
    place = chapters.index(of)
    follows = chapters[place + 1] if place + 1 < len(chapters) else ""
    context = {
        **reader(request, client),
        "of": of,
        "title": said.title(of),
        "questions": [_question(code, own.get(code)) for code in said.in_chapter(of)],
        "follows": follows,
        "follows_title": said.title(follows) if follows else "",
    }
    return render(request, "needs/client/ask.html", context)


def _said(request: Asked, client: Client) -> HttpResponse:
    """Save a tap, or the words that go with it."""
    code = request.POST.get("code", "")
    if code not in BY_CODE or area(code) not in seen_by(request.actor, client.pk):
        raise Http404("code")
    if request.POST.get("do") == "more":
        more = MoreForm(request.POST)
        if more.is_valid():
            try:
                say_more(client, code, **more.cleaned_data, by=request.actor, now=clock.now())
            except NothingSaid:
                raise Http404("code") from None
            messages.success(request, _("Thank you for telling us."))
        else:
            messages.error(request, _("That is too long to keep. Please say it more shortly."))
    else:
        form = HowHardForm(request.POST)
        if not form.is_valid() or (form.cleaned_data["how"] == "helps") > code.startswith("e"):
            raise Http404("how")
        say_how_hard(client, code, **form.values(), by=request.actor, now=clock.now())
    return see_other("needs:ask", after=f"?of={chapter(code)}#need-{code}")


@require_POST
def answered(request: Asked) -> HttpResponse:
    """Say yes or no to a service that I was offered."""
    client = whose_page(request)
    areas = seen_by(request.actor, client.pk)
    try:
        found = proposal_of(UUID(request.POST.get("proposal", "")), client.pk, areas)
    except ValueError:
        found = None
    does = request.POST.get("do", "")
    if found is None or does not in ("accept", "decline"):
        raise Http404("proposal")
    if not answer(found, accepts=does == "accept", by=request.actor, now=clock.now()):
        messages.info(request, _("This was answered already."))
    return see_other("needs:needs")


def _question(code: str, now: Said | None) -> dict[str, object]:
    """One thing that we ask about: its choices, and what was said."""
    choices = [(str(number), words) for number, words in said.scale(code).items()]
    if code.startswith("e"):
        choices.insert(0, ("helps", said.HELPS))
    choices.append(("9", said.OUTSIDE[9]))
    given = "" if now is None else "helps" if now.helps else str(now.performance)
    start = {"words": now.words, "importance": now.importance} if now else {}
    more = MoreForm(initial=start, auto_id=f"id_{code}_%s")
    is_more = now is not None and (now.helps or now.performance in (1, 2, 3, 4))
    return {
        "code": code,
        "name": said.need(code),
        "choices": choices,
        "given": given,
        "now": now,
        "form": more if is_more else None,
    }


def _voice(request: Asked) -> Voice:
    return Voice.CLIENT if is_client(request) else Voice.CLOSE
