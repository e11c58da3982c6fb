"""A client's own page: my life, what happens in it, my questions."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.life.actions._note import NoWords
from alongside.life.actions.events import answer_review, tell_event
from alongside.life.actions.items import add_item, end_item
from alongside.life.actions.questions import ask_question
from alongside.life.models import LONGEST, Happening, Item, Kind
from alongside.life.queries import event_of, events_of, life_of, questions_of
from alongside.mine.reader import reader, whose_page
from alongside.people.models import Client
from alongside.ui.see_other import see_other

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
def questions(request: Asked) -> HttpResponse:
    """Ask, and see what became of each question."""
    client, wrong = whose_page(request), False
    typed = request.POST.get("words", "")[:LONGEST]
    if request.method == "POST":
        try:
            ask_question(client, words=typed, by=request.actor, now=clock.now())
        except NoWords:
            wrong = True
        else:
            messages.success(request, _("We have your question. You see here who answers it."))
            return see_other("life:questions")
    record_seen("life.see_own", [client.pk], by=request.actor, now=clock.now())
    context = {
        **reader(request, client),
        "questions": questions_of(client.pk),
        "typed": typed,
        "wrong": wrong,
    }
    piece = "#piece" if request.headers.get("HX-Request") == "true" else ""
    return render(
        request, f"life/client/questions.html{piece}", context, status=422 if wrong else 200
    )


@require_http_methods(GET_OR_POST)
def life(request: Asked) -> HttpResponse:
    """Show my life and tell what happens in it."""
    client = whose_page(request)
    if request.method == "POST":
        return _told(request, client)
    record_seen("life.see_own", [client.pk], by=request.actor, now=clock.now())
    context = {
        **reader(request, client),
        "life": life_of(client.pk),
        "events": events_of(client.pk),
        "kinds": Kind.choices,
        "happenings": Happening.choices,
    }
    return render(request, "life/client/life.html", context)


def _told(request: Asked, client: Client) -> HttpResponse:
    """Tell something that happened, add to my life, or end what is no longer so."""
    sent, now = request.POST, clock.now()
    what, kind = sent.get("what", ""), sent.get("kind", "")
    words = sent.get("words", "")[:LONGEST]
    if what in Happening.values:
        event = tell_event(client, what=what, words=words, by=request.actor, now=now)
        day = date_format(event.review_by, _("j F"))
        thanks = _("Thank you for telling us. We look at your plan with you by %(day)s.")
        messages.success(request, thanks % {"day": day})
    elif kind in Kind.values:
        try:
            add_item(client, kind=kind, words=words[:300], by=request.actor, now=now)
        except NoWords:
            messages.error(request, _("Write it in a few words."))
    elif sent.get("event"):
        _answered(request, client, sent.get("do", ""))
    elif sent.get("end"):
        end_item(_item(sent["end"], client), by=request.actor, now=now)
    else:
        raise Http404("what")
    return see_other("life:life")


def _answered(request: Asked, client: Client, does: str) -> None:
    """Say yes to what changes in the plan, or no."""
    event = event_of(request.POST["event"], client)
    if event is None or does not in ("yes", "no"):
        raise Http404("event")
    if not answer_review(event, agrees=does == "yes", by=request.actor, now=clock.now()):
        messages.info(request, _("This was answered already."))
    elif does == "no":
        messages.info(request, _("We have noted it, and talk about it with you."))


def _item(key: str, client: Client) -> Item:
    try:
        found = Item.objects.filter(pk=UUID(key), client=client).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404("item")
    return found
