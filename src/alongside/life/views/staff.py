"""Staff answer questions, look at plans again, and say where we take part in a life."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.life.actions._note import NoWords
from alongside.life.actions.events import review, tell_event
from alongside.life.actions.items import add_item, say_where_we_take_part
from alongside.life.actions.questions import (
    answer_question,
    ask_question,
    see_questions,
    take_question,
)
from alongside.life.models import LONGEST, Event, Happening, Item, Kind, Question
from alongside.life.queries import events_of, life_of, open_questions, questions_of, to_review
from alongside.people.models import Client, Staff

M = TypeVar("M", Question, Event, Item)
GET_OR_POST = ["GET", "HEAD", "POST"]
A_YEAR = timedelta(days=366)


@require_safe
def to_do(request: Asked) -> HttpResponse:
    """Show every open question and every plan to look at, by the date that was told."""
    today = clock.now().astimezone(request.clinic.zone).date()
    asked, events = open_questions(), to_review(today + A_YEAR)
    clients = [*(one.client_id for one in asked), *(one.client_id for one in events)]
    record_seen("life.see_to_do", clients, by=request.actor, now=clock.now())
    context = {"questions": asked, "events": events, "today": today}
    return render(request, "life/staff/to_do.html", context)


@require_http_methods(GET_OR_POST)
def life(request: Asked, client_id: UUID) -> HttpResponse:
    """Show a client's life and questions; answer, review, and say where we take part."""
    client = get_object_or_404(Client.objects.select_related("clinic"), pk=client_id)
    if request.method == "POST":
        try:
            _did(request, client)
        except NoWords:
            messages.error(request, _("Write it in a few words."))
        return redirect("life:of-client", client_id=client.pk)
    record_seen("life.read", [client.pk], by=request.actor, now=clock.now())
    see_questions(client, by=request.actor, now=clock.now())
    context = {
        "client": client,
        "questions": questions_of(client.pk),
        "events": events_of(client.pk),
        "life": life_of(client.pk),
        "kinds": Kind.choices,
        "happenings": Happening.choices,
        "zone": request.clinic.zone,
    }
    return render(request, "life/staff/life.html", context)


def _did(request: Asked, client: Client) -> None:
    sent, now, by = request.POST, clock.now(), request.actor
    words, does = sent.get("words", "")[:LONGEST], sent.get("do", "")
    if does == "ask":
        ask_question(client, words=words, by=by, now=now)
    elif does == "take":
        take_question(_of(Question, sent, client), staff=_me(request), by=by, now=now)
    elif does == "answer":
        answer_question(_of(Question, sent, client), words=words, by=by, now=now)
    elif does == "review":
        agreed = bool(sent.get("agreed"))
        review(_of(Event, sent, client), outcome=words, agreed=agreed, by=by, now=now)
    elif does == "tell" and sent.get("what") in Happening.values:
        tell_event(client, what=sent["what"], words=words, by=by, now=now)
    elif does == "add" and sent.get("kind") in Kind.values:
        add_item(client, kind=sent["kind"], words=words[:300], by=by, now=now)
    elif does == "ours":
        say_where_we_take_part(_of(Item, sent, client), ours=words[:300], by=by, now=now)
    else:
        raise Http404("do")


def _of(model: type[M], sent: Mapping[str, str], client: Client) -> M:
    """The row that was meant, of this client and of nobody else."""
    found: M | None = None
    with suppress(ValueError):
        found = model.objects.filter(pk=UUID(sent.get("row", "")), client=client).first()
    if found is None:
        raise Http404("row")
    return found


def _me(request: Asked) -> Staff:
    return get_object_or_404(Staff, pk=request.actor.id or "")
