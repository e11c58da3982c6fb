"""Pieces of page that are drawn from values alone, and remembered by them.

A busy board is drawn again at every change, and most of its rows say what they said before. A kept
piece sees nothing but the values it is given (no request, no rows of a database, no clock), so the
same values in the same language are the same piece, for every reader.
"""

import secrets
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# Some 12 MB of the rows that a few hundred boards show.
MOST = 8192
# Where a reader's own token goes in a piece that is everybody's; nobody can write it into a name.
TOKEN = f"csrf-{secrets.token_hex(16)}"
PARAMS = "__dataclass_params__"
PLAIN = (str, int, float, bool, type(None), date, datetime, timedelta, UUID, Enum, Promise)


class NotAValue(TypeError):
    """A kept piece was given something that may change while its hash does not."""


def kept(template: str, **values: Hashable) -> SafeString:
    """Draw a template from these values, or give what was drawn from the same before.

    Raises NotAValue for what is neither plain nor made of plain values (a row of the database is
    equal to itself as it was an hour ago).
    """
    return _drawn(template, get_language() or "en", tuple(sorted(values.items())))


@lru_cache(maxsize=MOST)
def _drawn(template: str, language: str, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    for name, value in values:
        _must_be_values(name, value)
    context = {**dict(values), "csrf_token": TOKEN}
    # Safe: a template's own output, which escaped every value.
    return mark_safe(get_template(template).render(context))


def _must_be_values(name: str, value: object) -> None:
    if isinstance(value, PLAIN):
        return
    if isinstance(value, tuple | frozenset):
        for one in value:
            _must_be_values(name, one)
    elif is_dataclass(value) and getattr(type(value), PARAMS).frozen:
        for field in fields(value):
            _must_be_values(f"{name}.{field.name}", getattr(value, field.name))
    else:
        raise NotAValue(f"{name} is a {type(value).__name__}: give the kept piece plain values.")


def with_token(request: HttpRequest, drawn: str) -> str:
    """Put the reader's own token into the forms of what was drawn for everybody."""
    return drawn.replace(TOKEN, get_token(request))
