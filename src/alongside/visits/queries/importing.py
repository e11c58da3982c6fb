"""What a list of bookings would do to the book: read, compared and judged, with nothing written."""

from datetime import datetime

from alongside.clinics.models import Clinic
from alongside.rules.scheduling.csv_rows import read_row
from alongside.rules.scheduling.csv_text import Sheet
from alongside.rules.scheduling.hours import is_open
from alongside.visits.queries.free import hours
from alongside.visits.queries.import_against import find_clashes, leave_out
from alongside.visits.queries.import_plan import Doubt, Plan
from alongside.visits.queries.import_who import Book, resolve


def plan_import(sheet: Sheet, clinic: Clinic, *, now: datetime) -> Plan:
    """Judge every line against the file itself and the clinic's book."""
    plan = Plan(ignored=sheet.ignored, lines=len(sheet.lines))
    book = Book(clinic)
    for line in sheet.lines:
        row, faults = read_row(line, clinic.zone, clinic.languages)
        wished = resolve(row, book, faults) if row else None
        plan.faults += faults
        if wished:
            plan.wished.append(wished)
    leave_out(plan, now)
    find_clashes(plan)
    _doubt(plan, clinic)
    kept = {id(wished.client) for wished in plan.wished}
    plan.new_clients = [client for client in book.new if id(client) in kept]
    plan.faults.sort(key=lambda fault: fault.line)
    return plan


def _doubt(plan: Plan, clinic: Clinic) -> None:
    known = hours()
    for one in plan.wished:
        if not is_open(known, one.start, one.end, clinic.zone):
            plan.doubts.append((one.row.line, Doubt.CLOSED, ""))
        asked = one.client.planned_minutes
        if asked and one.planned < asked:
            plan.doubts.append((one.row.line, Doubt.SHORT, one.client.goes_by))
