"""What is wrong with a list of bookings, and what to do about it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.rules.scheduling.csv_rows import BadCell, Fault
from alongside.rules.scheduling.csv_text import MOST_ROWS, BadFile, Unreadable

SHOWN = 8


def file_words(refused: Unreadable) -> str:
    """Why the whole file could not be read, and what to do."""
    columns = ", ".join(refused.columns)
    return {
        BadFile.EMPTY: _("There is no booking in this file. Under the headings, write one a line."),
        BadFile.TOO_LARGE: _("This file is larger than 5 MB. Split it, and import one by one."),
        BadFile.TOO_MANY_ROWS: _(
            "This file has more than %(most)d bookings. Split it, and import one by one."
        )
        % {"most": MOST_ROWS},
        BadFile.NOT_TEXT: _(
            "This is not a CSV file. In your spreadsheet, choose “Save as” and then “CSV UTF-8”."
        ),
        BadFile.NO_COLUMNS: _(
            "The first line must hold the headings: date, time, therapist, kind, first_name, "
            "last_name. Download the example and copy its first line."
        ),
        BadFile.COLUMN_TWICE: _("These headings come twice: %(columns)s. Keep one of each.")
        % {"columns": columns},
        BadFile.COLUMN_MISSING: _("These headings are missing: %(columns)s. Add a column for each.")
        % {"columns": columns},
    }[refused.why]


def fault_words(fault: Fault) -> str:
    """What is wrong with one cell, and what to do."""
    said = {"value": fault.value, "meant": ", ".join(fault.meant[:SHOWN])}
    return str(_sentence(fault) % said)


def _sentence(fault: Fault) -> str:
    if fault.what in TAKEN:
        return _taken(fault)
    return {
        BadCell.EMPTY: _("This is empty. It is needed for every booking."),
        BadCell.NOT_A_DATE: _("“%(value)s” is not a date. Write it like 2026-12-01 or 1/12/2026."),
        BadCell.NOT_A_TIME: _("“%(value)s” is not a time. Write it like 9:30 or 14:00."),
        BadCell.NO_SUCH_TIME: _(
            "“%(value)s” does not exist on this day: the clocks jump over it. Write a later time."
        ),
        BadCell.NOT_MINUTES: _("“%(value)s” is no length. Write minutes from 1 to 720, like 45."),
        BadCell.NOT_AN_EMAIL: _("“%(value)s” is no e-mail address. Correct it or leave it empty."),
        BadCell.NOT_A_MOBILE: _(
            "“%(value)s” is no telephone number. Correct it or leave it empty."
        ),
        BadCell.UNKNOWN_LANGUAGE: _(
            "“%(value)s” is none of our languages. Write one of: %(meant)s."
        ),
        BadCell.TOO_LONG: _("This is too long. Write at most %(meant)s letters."),
        BadCell.TOO_MANY_CELLS: _(
            "This line has more cells than there are headings. Is a text with a comma in it not "
            "in quotation marks?"
        ),
        BadCell.UNKNOWN_THERAPIST: _(
            "“%(value)s” is no therapist here, or more than one. Write one of: %(meant)s."
        ),
        BadCell.UNKNOWN_KIND: _("“%(value)s” is no kind of visit here. Write one of: %(meant)s."),
        BadCell.UNKNOWN_ROOM: _("“%(value)s” is no room here. Write one of: %(meant)s."),
        BadCell.NOT_OFFERED: _("This therapist does not offer “%(value)s”, but: %(meant)s."),
        BadCell.CLIENT_UNCLEAR: _(
            "More than one client is called “%(value)s” like this. Add a column “number”, or book "
            "this one by hand."
        ),
        BadCell.NUMBER_OF_ANOTHER: _(
            "The number “%(value)s” belongs to somebody with another name. Correct one of them."
        ),
    }[fault.what]


TAKEN = (BadCell.THERAPIST_TAKEN, BadCell.CLIENT_TAKEN, BadCell.ROOM_TAKEN)


def _taken(fault: Fault) -> str:
    if fault.meant:
        return _("“%(value)s” is booked for this time in line %(meant)s. Change one of the two.")
    return _("“%(value)s” is already booked for this time. Choose another time.")


def found_words(count: int) -> str:
    """How many things are to be put right."""
    return ngettext(
        "One thing to put right. Nothing was imported.",
        "%(n)d things to put right. Nothing was imported.",
        count,
    ) % {"n": count}
