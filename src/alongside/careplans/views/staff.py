"""Staff write and read visit notes."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.actions.once import do_once, own_key
from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.careplans.actions.write_note import (
    CorrectedMeanwhile,
    NotYet,
    may_have_note,
    write_note,
)
from alongside.careplans.forms import NoteForm
from alongside.careplans.models import Note, Understood
from alongside.careplans.queries.notes import (
    last_before,
    notes_of,
    notes_on,
    standing_note,
    usual_setting,
    visit_of,
    without_note,
)
from alongside.clinics import clock
from alongside.people.models import Client, Staff
from alongside.ui.see_other import see_other
from alongside.visits.models import Visit

A_PAGE = 50
FIELDS = tuple(name for name in NoteForm.base_fields if name != "agreed")


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: Asked, client_id: UUID, visit_id: UUID) -> HttpResponse:
    """Write the note on a visit, or correct one; those there are stand beside it."""
    visit = visit_of(visit_id, client_id)
    if visit is None:
        raise Http404("visit")
    corrects, before = _corrected(request, visit), last_before(visit)
    status = 200
    if request.method == "POST":
        form = NoteForm(request.POST)
        if form.is_valid():
            try:
                return _write(request, visit, form, corrects)
            except CorrectedMeanwhile:
                messages.error(request, _("Somebody else has corrected it. Theirs is below."))
                corrects, status = None, 409
            except NotYet:
                status = 409
        else:
            status = 422
    else:
        form = NoteForm(initial=_start(visit, corrects, before))
    record_seen("careplans.read", [visit.client_id], by=request.actor, now=clock.now())
    context = {
        "client": visit.client,
        "visit": visit,
        "form": form,
        "corrects": corrects,
        "notes": notes_on(visit.pk),
        "before": before,
        "may_write": may_have_note(visit, now=clock.now()),
        "zone": request.clinic.zone,
    }
    return render(request, "careplans/staff/note.html", context, status=status)


@require_safe
def notes(request: Asked, client_id: UUID) -> HttpResponse:
    """Show every note about a client that stands, and the visits that want one."""
    client = get_object_or_404(Client, pk=client_id)
    record_seen("careplans.read", [client.pk], by=request.actor, now=clock.now())
    context = {
        "client": client,
        "page": Paginator(notes_of(client.pk), A_PAGE).get_page(request.GET.get("page")),
        "wanted": without_note(client.pk, now=clock.now()),
        "zone": request.clinic.zone,
    }
    return render(request, "careplans/staff/notes.html", context)


def _write(request: Asked, visit: Visit, form: NoteForm, corrects: Note | None) -> HttpResponse:
    now = clock.now()
    staff = get_object_or_404(Staff, pk=request.actor.id or "")

    def act() -> dict[str, str]:
        values = dict(form.cleaned_data)
        made = write_note(
            visit,
            values,
            agreed=values.pop("agreed"),
            corrects=corrects,
            staff=staff,
            by=request.actor,
            now=now,
        )
        return {"note": str(made.pk)}

    key = own_key(request.actor, request.POST.get("key", ""))
    do_once(key, "careplans.write_note", act, now=now)
    messages.success(request, _("Kept. They read what we did and the next step on their page."))
    return see_other("careplans:note", client_id=visit.client_id, visit_id=visit.pk)


def _corrected(request: Asked, visit: Visit) -> Note | None:
    """The note that is to be corrected. One that was corrected meanwhile is found by the action."""
    key = request.POST.get("corrects") or request.GET.get("corrects", "")
    if not key:
        return None
    try:
        known = UUID(key)
    except ValueError:
        raise Http404("note") from None
    if request.method == "POST":
        return get_object_or_404(Note, pk=known, visit=visit)
    return standing_note(known, visit.pk)


def _start(visit: Visit, corrects: Note | None, before: Note | None) -> dict[str, object]:
    """What stands in the form to begin with; what was not clear last time is explained again."""
    if corrects is None:
        again = before is not None and before.understood == Understood.AGAIN
        explained = before.explained if before and again else ""
        return {"setting": usual_setting(visit.client_id), "explained": explained}
    answer = getattr(corrects, "answer", None)
    agreed = answer is not None and answer.agrees
    return {"agreed": agreed, **{name: getattr(corrects, name) for name in FIELDS}}
