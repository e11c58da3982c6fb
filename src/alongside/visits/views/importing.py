"""Import a list of bookings: look at what it would do first, then all of it or nothing."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.asked import Asked
from alongside.clinics import clock
from alongside.rules.scheduling.csv_text import (
    COLUMNS,
    LARGEST,
    BadFile,
    Unreadable,
    decode,
    read_sheet,
)
from alongside.visits.actions.import_csv import (
    BookJustChanged,
    Imported,
    ImportRefused,
    import_bookings,
)
from alongside.visits.messages.importing import fault_words, file_words, found_words
from alongside.visits.queries.import_plan import Plan
from alongside.visits.queries.importing import plan_import

# What was looked at goes on with the page, signed: nobody has to choose the file again.
CARRIED = 4 * 1024 * 1024
SHOWN = 200
EXAMPLE = (
    "date,time,therapist,kind,first_name,last_name,number,email,mobile,language,called,planned,"
    "room,asked_for\r\n"
    "2026-12-01,10:00,Joon,Visit,Amara,Diallo,1001,amara@example.org,,fr,,45,Room 1,"
    "To cook with one hand\r\n"
)


@require_http_methods(["GET", "HEAD", "POST"])
def importing(request: Asked) -> HttpResponse:
    """Take a file, say what it would do, and do it when somebody has read that."""
    if request.method != "POST":
        return _page(request)
    try:
        text = _text(request)
        sheet = read_sheet(text)
    except Unreadable as refused:
        return _page(request, status=422, refused=file_words(refused))
    now = clock.now()
    if request.POST.get("do") != "import":
        return _judged(request, plan_import(sheet, request.clinic, now=now), text)
    try:
        done = import_bookings(sheet, by=request.actor, now=now)
    except ImportRefused as refused:
        return _judged(request, refused.plan, text, status=409)
    except BookJustChanged:
        plan = plan_import(sheet, request.clinic, now=now)
        return _judged(request, plan, text, status=409)
    messages.success(request, _done(done))
    return redirect("visits:bookings")


@require_safe
def example(request: Asked) -> HttpResponse:
    """A file to begin with."""
    # The mark in front tells spreadsheets that this is UTF-8.
    response = HttpResponse("\ufeff" + EXAMPLE, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="bookings-example.csv"'
    return response


def _text(request: Asked) -> str:
    carried = request.POST.get("text", "")
    if carried:
        try:
            return str(signing.loads(carried, salt=_salt(request)))
        except signing.BadSignature:
            raise Unreadable(BadFile.NOT_TEXT) from None
    sent = request.FILES.get("file")
    if sent is None:
        raise Unreadable(BadFile.EMPTY)
    if sent.size is None or sent.size > LARGEST:
        raise Unreadable(BadFile.TOO_LARGE)
    return decode(sent.read())


def _salt(request: Asked) -> str:
    return f"visits.import:{request.clinic.pk}"


def _judged(request: Asked, plan: Plan, text: str, status: int = 200) -> HttpResponse:
    if plan.faults:
        lines = [(fault, fault_words(fault)) for fault in plan.faults[:SHOWN]]
        said = {"faults": lines, "found": found_words(len(plan.faults))}
        return _page(request, status=422 if status == 200 else status, plan=plan, **said)
    carried = signing.dumps(text, salt=_salt(request), compress=True)
    if len(carried) > CARRIED:
        return _page(request, status=422, refused=file_words(Unreadable(BadFile.TOO_LARGE)))
    return _page(request, status=status, plan=plan, carried=carried, again=status != 200)


def _page(request: Asked, *, status: int = 200, **more: Any) -> HttpResponse:
    plan: Plan | None = more.get("plan")
    context = {
        "columns": COLUMNS,
        "new_clients": plan.new_clients[:SHOWN] if plan else [],
        "left_out": plan.left_out[:SHOWN] if plan else [],
        "doubts": plan.doubts[:SHOWN] if plan else [],
        "now": clock.now(),
        **more,
    }
    return render(request, "visits/staff/import.html", context, status=status)


def _done(done: Imported) -> str:
    if not done.visits:
        return _("Nothing was new: every booking of this list is in the book already.")
    return ngettext("%(n)d booking was imported.", "%(n)d bookings were imported.", done.visits) % {
        "n": done.visits
    }
