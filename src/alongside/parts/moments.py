"""What happened, told to whoever listens, after it is safely written."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.module_loading import import_string

from alongside.parts import registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that happened in a clinic; its class name, in the past tense, is its name."""

    clinic: UUID


def tell(moment: Moment, *, off: Collection[str]) -> None:
    """Tell a moment to the parts that are on, once the transaction has been committed."""
    transaction.on_commit(partial(_deliver, moment, off))


def _deliver(moment: Moment, off: Collection[str]) -> None:
    name = type(moment).__name__
    for part in registry.on(off):
        if name in part.listens:
            import_string(part.listens[name])(moment)
