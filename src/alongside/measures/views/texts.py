"""A manager loads an instrument's text, with what they confirm about its licence; or ends it."""

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.measures import messages as said
from alongside.measures.actions.texts import (
    LicenceIsOver,
    VersionIsThere,
    end_text,
    load_text,
)
from alongside.measures.forms import TextForm
from alongside.measures.queries.texts import current_texts, form_in, texts_of
from alongside.rules.measures import ALL, Measure
from alongside.rules.measures.loading import BadText, Fault, is_loadable, skeleton
from alongside.rules.measures.score import Licence
from alongside.visits.queries.day import today_in


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: Asked, measure: str) -> HttpResponse:
    """Show what is loaded, since when and by whose word; load another."""
    found = _measure(measure)
    form = TextForm(request.POST or None, request.FILES or None)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        faults = _loaded(request, found, form)
        if not faults and form.is_valid():
            messages.success(request, _("Loaded. Read the questions below as your clients will."))
            return redirect("measures:text", measure=found.name)
    today = today_in(request.clinic, clock.now())
    own = current_texts(today).filter(measure=found.name).first()
    context = {
        "measure": found,
        "by_permission": found.licence is Licence.SCORE_ONLY,
        "form": form,
        "faults": [said.fault(one) for one in faults],
        "own": own,
        "page": form_in(own, request.LANGUAGE_CODE) if own else None,
        "texts": texts_of(found.name),
        "zone": request.clinic.zone,
    }
    is_wrong = request.method == "POST"
    return render(request, "measures/staff/text.html", context, status=422 if is_wrong else 200)


@require_safe
def empty(request: Asked, measure: str) -> HttpResponse:
    """Give a file with every item and answer of the rule, to write the words in."""
    found = _measure(measure)
    name = f"{found.name}-empty.json"
    answer = HttpResponse(
        json.dumps(skeleton(found), indent=1, ensure_ascii=False), content_type="application/json"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
def end(request: Asked, measure: str) -> HttpResponse:
    """Show it no more."""
    found = _measure(measure)
    own = next((one for one in texts_of(found.name) if one.ended_at is None), None)
    if own is not None:
        end_text(own, by=request.actor, now=clock.now())
        messages.success(request, _("The text is shown no more. What was answered is kept."))
    return redirect("measures:text", measure=found.name)


def _loaded(request: Asked, measure: Measure, form: TextForm) -> tuple[Fault, ...]:
    """Load it; what is wrong in the file is given back, what is wrong beside it said there."""
    sent, now = form.cleaned_data, clock.now()
    try:
        load_text(
            measure,
            sent["file"],
            licence=sent["licence"],
            confirmed=sent["confirmed"],
            valid_until=sent["valid_until"],
            by=request.actor,
            now=now,
            today=today_in(request.clinic, now),
        )
    except BadText as bad:
        return bad.faults
    except LicenceIsOver:
        form.add_error("valid_until", _("This day is over: the licence holds no more."))
    except VersionIsThere:
        form.add_error(
            "file",
            _("This version was loaded before. Give the file another version and try again."),
        )
    return ()


def _measure(name: str) -> Measure:
    found = ALL.get(name)
    if found is None or not is_loadable(found):
        raise Http404("measure")
    return found
