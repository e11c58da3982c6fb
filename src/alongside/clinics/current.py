"""Which clinic the code at hand is working for; nothing is read or written without one."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from alongside.clinics.models import Clinic

_current: ContextVar[UUID | None] = ContextVar("clinic", default=None)
_unscoped: ContextVar[str] = ContextVar("unscoped", default="")


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
    """Read over all clinics: for signing in, tokens and errands. Say why; grep finds it."""
    token = _unscoped.set(why)
    try:
        yield
    finally:
        _unscoped.reset(token)


def reading_across() -> bool:
    """Tell whether a stated reason allows reading over all clinics."""
    return bool(_unscoped.get())
