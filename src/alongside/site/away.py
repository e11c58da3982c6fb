"""What is said when the database is away, or cannot take what was sent: 503, and when to try again.

It may be lost anywhere on the way of a request: in a view, where a link or a session is looked up,
where a session is kept after the view. `Unreachable` hears of the first; `broken` of all the rest,
as Django's page for what nobody caught.
"""

import logging
import sys

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.transaction import TransactionManagementError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

logger = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError, TransactionManagementError)
# Seconds: a database that restarts is back in a few; a full disk waits for a person.
SOON, LATER = "3", "30"
# SQLite says it in words (a full disk, a limit on files, a disk that became read-only) ...
CANNOT_SAVE = ("disk is full", "disk I/O error", "readonly database")
# ... PostgreSQL in codes: disk_full, io_error, read_only_sql_transaction.
CODES = frozenset({"53100", "58030", "25006"})
# What PostgreSQL threw out so that others could go on: deadlock_detected, serialization_failure.
THROWN_OUT = frozenset({"40P01", "40001"})


def is_away(error: BaseException | None) -> bool:
    """Tell whether this error says that the database is not there or cannot write."""
    return isinstance(error, AWAY) or cannot_save(error)


def cannot_save(error: BaseException | None) -> bool:
    """Tell whether the database answers, but has no room for what is new."""
    if not isinstance(error, DatabaseError):
        return False
    if getattr(error.__cause__, "sqlstate", None) in CODES:
        return True
    return any(words in str(error) for words in CANNOT_SAVE)


def was_thrown_out(error: BaseException | None) -> bool:
    """Tell whether nothing was wrong but the moment: done again, it goes through."""
    return getattr(getattr(error, "__cause__", None), "sqlstate", None) in THROWN_OUT


def say_so(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Answer 503 with what is safe, what to do, and when to try again."""
    connection.close()
    unsaved = cannot_save(error)
    logger.error("%s: %s", "Nothing can be saved" if unsaved else "No database", error)
    response = render(request, "unsaved.html" if unsaved else "503.html", status=503)
    response["Retry-After"] = LATER if unsaved else SOON
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Answer what nobody caught: a database that is away is no mistake of ours."""
    error = sys.exc_info()[1]
    if error is not None and is_away(error):
        return say_so(request, error)
    return server_error(request)
