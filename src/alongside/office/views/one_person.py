"""Everything about one person, for the manager: what we hold, a copy to hand over, erasing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics.clock import now
from alongside.office.actions.erase import WHYS, StillExpected, erase_and_scrub
from alongside.office.actions.take_copy import take_copy
from alongside.office.queries.held import held
from alongside.parts.slots import panels
from alongside.people.models import Client


@require_safe
def data(request: Asked, client_id: UUID) -> HttpResponse:
    """Say what we hold about this person, and what can be done with it."""
    found = get_object_or_404(Client, pk=client_id)
    record_seen("people.read_data", [found.pk], by=request.actor, now=now())
    return _page(request, found)


def _page(request: Asked, found: Client, *, wrong: str = "", status: int = 200) -> HttpResponse:
    context = {
        "client": found,
        "held": list(held(found)),
        "whys": WHYS,
        "wrong": wrong,
        "in_the_way": panels(
            "office.erasure", off=request.clinic.parts_off, client=found, now=now()
        ),
    }
    return render(request, "office/staff/one_person.html", context, status=status)


@require_POST
def copy(request: Asked, client_id: UUID) -> HttpResponse:
    """Hand over a copy of everything, to read and for another program."""
    found = get_object_or_404(Client, pk=client_id)
    packed = take_copy(found, by=request.actor, now=now())
    answer = HttpResponse(packed, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="one-persons-data.zip"'
    return answer


@require_POST
def erase(request: Asked, client_id: UUID) -> HttpResponse:
    """Erase everything that tells something about them, after a reason and their name."""
    found = get_object_or_404(Client, pk=client_id, erased_at=None)
    why = request.POST.get("why", "")
    typed = " ".join(request.POST.get("name", "").split()).casefold()
    if why not in WHYS:
        return _page(request, found, wrong=_("Please choose why."), status=422)
    if typed != " ".join(found.full_name.split()).casefold():
        said = _("Type the full name as it stands above, so that nobody is erased by mistake.")
        return _page(request, found, wrong=said, status=422)
    try:
        _erased, is_clean = erase_and_scrub(found, why=why, by=request.actor, now=now())
    except StillExpected:
        return _page(request, found, status=409)
    if is_clean:
        messages.success(request, _("Erased, from the database’s files as well."))
    else:
        messages.success(request, _("Erased. The last traces go within ten minutes."))
    return redirect("office:data", client_id=found.pk)
