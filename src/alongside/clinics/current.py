"""Which clinic the code at hand is working for; nothing is read or written without one."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

if TYPE_CHECKING:
    from alongside.clinics.models import Clinic

_current: ContextVar[UUID | None] = ContextVar("clinic", default=None)
_unscoped: ContextVar[str] = ContextVar("unscoped", default="")
# What a question that is being prepared went across for: prepared.py asks, and says it again.
_noted: ContextVar[list[str] | None] = ContextVar("noted", default=None)


class Place(NamedTuple):
    """Where the code at hand works, as PostgreSQL is told: a clinic, and whether it reads all."""

    clinic: UUID | None
    across: bool


class NoClinic(RuntimeError):
    """A row that belongs to a clinic was asked for outside any clinic."""


def clinic_id() -> UUID:
    """Give the current clinic's key, or raise NoClinic."""
    here = _current.get()
    if here is None:
        raise NoClinic("No clinic is set: wrap this in `working_in(clinic)`.")
    return here


def clinic_id_or_none() -> UUID | None:
    """Give the current clinic's key where there is one."""
    return _current.get()


@contextmanager
def working_in(clinic: "Clinic | UUID") -> Iterator[None]:
    """Do everything inside for this clinic, and for no other."""
    key = clinic if isinstance(clinic, UUID) else clinic.pk
    token = _current.set(key)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def across_clinics(why: str) -> Iterator[None]:
    """Read over all clinics: for signing in, tokens and errands. Say why; grep finds it.

    Read inside, to the last row: a queryset that is asked later is asked in a clinic, or nowhere.
    PostgreSQL lets nothing be written that way: what is written, is written in a clinic.
    """
    noted = _noted.get()
    if noted is not None:
        noted.append(why)
    token = _unscoped.set(why)
    try:
        yield
    finally:
        _unscoped.reset(token)


def reading_across() -> bool:
    """Tell whether a stated reason allows reading over all clinics."""
    return bool(_unscoped.get())


def place() -> Place:
    """Tell where the code at hand works."""
    return Place(_current.get(), bool(_unscoped.get()))
