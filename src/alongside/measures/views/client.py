"""A client fills in a questionnaire on their own page: one question at a time, saved at each."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.measures import messages as said
from alongside.measures.actions._note import IsOver
from alongside.measures.actions.answer import answer, finish
from alongside.measures.forms import RowsForm, one_answer, row_forms
from alongside.measures.models import Filling, Mode
from alongside.measures.queries.fillings import filling_of, has_alert
from alongside.measures.queries.forms import Form, Question
from alongside.measures.queries.texts import form_for, forms_for
from alongside.measures.views.kept import lock_of, reply, said_at, sends_by_itself
from alongside.mine.reader import is_client
from alongside.rules.measures import BadAnswers, find
from alongside.rules.measures.urgent import may_alert
from alongside.ui.see_other import see_other
from alongside.visits.queries.day import today_in

GET_OR_POST = ["GET", "HEAD", "POST"]
A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question as it stands on the page: which one of how many, and what was answered."""

    n: int
    question: Question
    given: str
    onward: str
    wrong: bool = False


@require_http_methods(GET_OR_POST)
def fill(request: Asked, filling_id: UUID) -> HttpResponse:
    """Ask one question, save its answer, go on to the next; the last one leads to the end."""
    filling = _filling(request, filling_id)
    if not filling.is_open and not sends_by_itself(request):
        return _done(request, filling)
    form = _form(request, filling)
    if form.rows:
        return _rows(request, filling, form)
    number = _number(request, filling, form)
    question = form.questions[number]
    wrong = False
    if request.method == "POST":
        given = one_answer(question, request.POST)
        wrong = given is None and request.POST.get("do") != "skip"
        if not wrong and _saved(request, filling, {question.name: given}):
            return _go_on(request, filling, _onward(filling, form, number))
        if sends_by_itself(request):
            return reply(status=422)
        wrong = True
    context = {
        **_reader(request, filling),
        "form": form,
        "step": _step(filling, form, number, wrong=wrong),
        # The others too: who loses the network goes on with them.
        "steps": [_step(filling, form, one) for one in range(len(form.questions))],
    }
    return render(request, "measures/client/question.html", context, status=422 if wrong else 200)


@require_http_methods(GET_OR_POST)
def end(request: Asked, filling_id: UUID) -> HttpResponse:
    """Look at the answers once more, then send them."""
    filling = _filling(request, filling_id)
    form = _form(request, filling)
    if request.method == "POST" and (filling.is_open or sends_by_itself(request)):
        try:
            finish(filling, by=request.actor, now=clock.now())
        except BadAnswers:
            return _go_on(request, filling, _to_question(filling, 1))
        except IsOver:
            pass
        return _go_on(request, filling, _to_end(filling))
    if not filling.is_open:
        return _done(request, filling)
    context = {
        **_reader(request, filling),
        "form": form,
        "rows": [(n, one, _words(one, filling)) for n, one in enumerate(form.questions, start=1)],
        "activities": filling.answers.get("activities", []),
    }
    return render(request, "measures/client/end.html", context)


@require_safe
def mine(request: Asked) -> HttpResponse:
    """What I filled in before, with what was answered."""
    client = request.actor.client
    record_seen("measures.see_own", [client] if client else [], by=request.actor, now=clock.now())
    done = Filling.objects.done().filter(client=client).reverse()
    page = Paginator(done, A_PAGE).get_page(request.GET.get("page"))
    forms = forms_for(page, _today(request), request.LANGUAGE_CODE)
    context = {
        "done": [(one, forms.get(one.pk)) for one in page],
        "page": page,
        "zone": request.clinic.zone,
    }
    return render(request, "measures/client/mine.html", context)


def _rows(request: Asked, filling: Filling, form: Form) -> HttpResponse:
    """Several activities in one's own words, each with its ratings, on one page."""
    forms = row_forms(form, filling.answers.get("activities", []), request.POST or None)
    status = 200
    if request.method == "POST":
        rows = RowsForm.read(forms)
        if rows and _saved(request, filling, {"activities": rows}):
            return _go_on(request, filling, _to_end(filling))
        if sends_by_itself(request):
            return reply(status=422)
        status = 422
    context = {**_reader(request, filling), "form": form, "forms": forms, "wrong": status != 200}
    return render(request, "measures/client/rows.html", context, status=status)


def _saved(request: Asked, filling: Filling, answers: dict[str, object]) -> bool:
    """Save it; what came too late is taken for what it is by the page that sends by itself."""
    now = clock.now()
    try:
        answer(filling, answers, by=request.actor, now=now, said_at=said_at(request, now))
    except BadAnswers:
        return False
    except IsOver:
        return sends_by_itself(request)
    return True


def _go_on(request: Asked, filling: Filling, there: str) -> HttpResponse:
    if sends_by_itself(request):
        return reply(there, helps=_help(request, filling))
    return see_other(there)


def _done(request: Asked, filling: Filling) -> HttpResponse:
    context = {
        **_reader(request, filling),
        "form": form_for(filling, _today(request), request.LANGUAGE_CODE),
    }
    return render(request, "measures/client/done.html", context)


def _number(request: Asked, filling: Filling, form: Form) -> int:
    """Which question: the one that is named or asked for, else the first without an answer."""
    # By its name where it was kept: what stands at a place may be another one since.
    named = request.POST.get("item", "")
    for number, question in enumerate(form.questions):
        if question.name == named:
            return number
    said_number = request.GET.get("n", "")
    if said_number.isdecimal():
        return min(max(int(said_number) - 1, 0), len(form.questions) - 1)
    for number, question in enumerate(form.questions):
        if question.name not in filling.answers:
            return number
    return len(form.questions) - 1


def _step(filling: Filling, form: Form, number: int, *, wrong: bool = False) -> Step:
    question = form.questions[number]
    is_last = number + 1 == len(form.questions)
    return Step(
        n=number + 1,
        question=question,
        given=_given(filling, question),
        onward="end" if is_last else str(number + 2),
        wrong=wrong,
    )


def _given(filling: Filling, question: Question) -> str:
    """What was answered before, as the page sends it; "" for nothing yet, or rather not said."""
    given = filling.answers.get(question.name)
    if given is None:
        return ""
    return str(int(given)) if isinstance(given, bool) else str(given)


def _words(question: object, filling: Filling) -> str:
    """What was answered, as it was chosen; "" where it was not."""
    given = filling.answers.get(getattr(question, "name", ""))
    if given is None:
        return ""
    for option in getattr(question, "options", ()):
        if option.code == str(given):
            return str(option.words)
    return str(given)


def _filling(request: Asked, key: UUID) -> Filling:
    found = filling_of(key, request.actor.client) if request.actor.client else None
    is_mine = found is not None and found.mode == Mode.SELF
    # A device may bring an answer of before it was withdrawn, and that may not be lost unheard.
    if found is None or not is_mine or (found.withdrawn_at and not sends_by_itself(request)):
        raise Http404("filling")
    return found


def _form(request: Asked, filling: Filling) -> Form:
    # In the language it was asked in: answers of two translations are not mixed.
    found = form_for(filling, _today(request))
    if found is None:
        raise Http404("form")
    return found


def _today(request: Asked) -> date:
    return today_in(request.clinic, clock.now())


def _reader(request: Asked, filling: Filling) -> dict[str, object]:
    urgent = may_alert(find(filling.measure))
    return {
        "filling": filling,
        "is_client": is_client(request),
        "may_act": request.actor.may_act,
        "help": _help(request, filling),
        "unheard": said.needs_help_unheard(request.clinic.phone) if urgent else [],
        "lock": lock_of(filling.client_id),
    }


def _help(request: Asked, filling: Filling) -> list[str]:
    return said.needs_help(request.clinic.phone) if has_alert(filling) else []


def _onward(filling: Filling, form: Form, number: int) -> str:
    """The next question; the end after the last one, and where all are answered already."""
    last = number + 1 >= len(form.questions)
    if last or all(one.name in filling.answers for one in form.questions):
        return _to_end(filling)
    return _to_question(filling, number + 2)


def _to_question(filling: Filling, n: int) -> str:
    there = reverse("measures:fill", kwargs={"filling_id": filling.pk})
    return f"{there}?n={n}"


def _to_end(filling: Filling) -> str:
    return reverse("measures:end", kwargs={"filling_id": filling.pk})
