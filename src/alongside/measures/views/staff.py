"""Measures for staff: asked, filled in together, entered from elsewhere, read over time."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.measures import messages as said
from alongside.measures.actions._note import IsOver
from alongside.measures.actions.answer import answer, finish
from alongside.measures.actions.ask import (
    AlreadyAsked,
    NobodyHears,
    NotOursToAsk,
    ask,
    withdraw,
)
from alongside.measures.forms import AnswersForm, AskForm, RowsForm, ScoreForm, row_forms
from alongside.measures.models import Filling, Mode
from alongside.measures.queries.fillings import filling_of, open_of, series_of
from alongside.measures.queries.forms import Form
from alongside.measures.queries.texts import current_texts, form_for
from alongside.measures.views.kept import reply, said_at, sends_by_itself
from alongside.measures.views.pictures import drawn
from alongside.people.actors import ActorKind
from alongside.people.models import Client
from alongside.rules.measures import ALL, BadAnswers
from alongside.rules.measures.loading import is_loadable
from alongside.visits.queries.day import today_in

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
def measures(request: Asked, client_id: UUID) -> HttpResponse:
    """Show what was measured and what is asked; ask one more."""
    client = get_object_or_404(Client, pk=client_id)
    record_seen("measures.read", [client.pk], by=request.actor, now=clock.now())
    own = [one.measure for one in current_texts(today_in(request.clinic, clock.now()))]
    form = AskForm(request.POST or None, own=own)
    status = 200
    if request.method == "POST":
        status = 422
        made = _asked(request, client, form) if form.is_valid() else None
        if made is not None:
            return _see(made)
    context = {
        "client": client,
        "form": form,
        "open": [(one, ALL[one.measure]) for one in open_of(client.pk) if one.measure in ALL],
        "series": [drawn(one, request.clinic.zone) for one in series_of(client.pk)],
        "zone": request.clinic.zone,
    }
    return render(request, "measures/staff/measures.html", context, status=status)


def _asked(request: Asked, client: Client, form: AskForm) -> Filling | None:
    """Ask it; what stands in the way is said at the field."""
    sent = form.cleaned_data
    try:
        return ask(
            client,
            sent["measure"],
            mode=sent["mode"],
            due_on=sent["due_on"],
            by=request.actor,
            now=clock.now(),
        )
    except NotOursToAsk:
        form.add_error("mode", _("Only its score can be entered: choose “a score from elsewhere”."))
    except NobodyHears:
        form.add_error(
            "measure",
            _("First name who hears an alert (Alerts), for this one may need somebody at once."),
        )
    except AlreadyAsked:
        form.add_error("measure", _("This is already being asked. Finish or withdraw it first."))
    return None


@require_http_methods(GET_OR_POST)
def filling(request: Asked, client_id: UUID, filling_id: UUID) -> HttpResponse:
    """Fill one in together, enter a score, or read what was answered."""
    found = filling_of(filling_id, client_id)
    if found is None or found.measure not in ALL:
        # A measure that a later release no longer knows is kept, and not read here.
        raise Http404("filling")
    record_seen("measures.read", [found.client_id], by=request.actor, now=clock.now())
    measure = ALL[found.measure]
    is_theirs = found.mode == Mode.SELF
    if is_theirs and sends_by_itself(request):
        return reply(status=409)
    if (is_theirs or not found.is_open) and not sends_by_itself(request):
        # Theirs to fill in: what we would enter would stand there as said by themselves.
        status = 409 if request.method == "POST" else 200
        return render(request, "measures/staff/filling.html", _read(request, found), status=status)
    form, rows = _fields(request, found)
    wrong = ""
    if request.method == "POST":
        try:
            if _filled(request, found, form, rows):
                return _to_measures(request, client_id)
        except BadAnswers as problem:
            wrong = problem.message
        except IsOver:
            if sends_by_itself(request):
                return reply(status=409)
            messages.info(request, _("It was finished meanwhile."))
            return redirect("measures:of-client", client_id=client_id)
        if sends_by_itself(request):
            return reply(status=422)
    context = {
        "client": found.client,
        "filling": found,
        "measure": measure,
        "form": form,
        "rows": rows,
        "page": _page(request, found),
        "wrong": wrong,
        "by_score": isinstance(form, ScoreForm),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "measures/staff/fill.html", context, status=status)


def _to_measures(request: Asked, client_id: UUID) -> HttpResponse:
    if sends_by_itself(request):
        return reply()
    return redirect("measures:of-client", client_id=client_id)


def _fields(request: Asked, found: Filling) -> tuple[AnswersForm | ScoreForm, list[RowsForm]]:
    page = _page(request, found)
    sent = request.POST or None
    if found.mode == Mode.SCORE or page is None:
        return ScoreForm(ALL[found.measure], sent), []
    rows = row_forms(page, found.answers.get("activities", []), sent) if page.rows else []
    return AnswersForm(page, sent, initial=found.answers), rows


def _page(request: Asked, found: Filling) -> Form | None:
    return form_for(found, today_in(request.clinic, clock.now()), request.LANGUAGE_CODE)


def _filled(
    request: Asked, found: Filling, form: AnswersForm | ScoreForm, rows: list[RowsForm]
) -> bool:
    """Save what was filled in, and finish where that was asked for."""
    if not form.is_valid():
        return False
    answers = {"activities": RowsForm.read(rows)} if rows else form.answers()
    if not answers or answers == {"activities": []}:
        return False
    now = clock.now()
    answer(found, answers, by=request.actor, now=now, said_at=said_at(request, now))
    if request.POST.get("do") != "later":
        finish(found, by=request.actor, now=clock.now())
    return True


def _read(request: Asked, found: Filling) -> dict[str, object]:
    page = _page(request, found)
    rows = []
    for question in page.questions if page else ():
        given = found.answers.get(question.name)
        words = next((one.words for one in question.options if one.code == str(given)), given)
        rows.append((question.words, words))
    shown = f"{found.shown:g}" if found.shown is not None else ""
    return {
        "client": found.client,
        "filling": found,
        "measure": ALL[found.measure],
        "rows": rows,
        "activities": found.answers.get("activities", []),
        "shown": shown,
        "band": said.band(found.band),
        "notes": said.notes(list(found.said.get("notes", []))),
        "why_none": said.why_none(found.said.get("why_none", "")) if not shown else "",
        "zone": request.clinic.zone,
    }


@require_POST
def withdrawn(request: Asked, client_id: UUID, filling_id: UUID) -> HttpResponse:
    """It is no longer asked."""
    found = filling_of(filling_id, client_id)
    if found is None:
        raise Http404("filling")
    withdraw(found, by=request.actor, now=clock.now())
    return redirect("measures:of-client", client_id=client_id)


@require_safe
def every(request: Asked) -> HttpResponse:
    """Every measure there is: its rights, its rule, what a change is worth and from where."""
    today = today_in(request.clinic, clock.now())
    own = {one.measure: one for one in reversed(current_texts(today))}
    context = {
        "measures": [(one, is_loadable(one), own.get(one.name)) for one in ALL.values()],
        "is_lead": request.actor.kind is ActorKind.MANAGER,
        "zone": request.clinic.zone,
    }
    return render(request, "measures/staff/every.html", context)


def _see(found: Filling) -> HttpResponse:
    if found.mode == Mode.SELF:
        return redirect("measures:of-client", client_id=found.client_id)
    return redirect("measures:filling", client_id=found.client_id, filling_id=found.pk)
