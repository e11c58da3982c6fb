"""Check the record of one clinic or of all."""

from collections.abc import Iterable, Mapping
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

from alongside.audit import rows
from alongside.audit.chain import key
from alongside.audit.models import Head
from alongside.clinics.current import across_clinics, working_in
from alongside.clinics.models import Clinic
from alongside.rules.record_chain import Verdict, walk


class End(Protocol):
    """Where a chain is known to have ended: the number of a row, and its digest."""

    @property
    def number(self) -> int: ...

    @property
    def digest(self) -> str: ...


def verify_clinic(clinic: UUID, *, known: Iterable[tuple[int, str]] = ()) -> Verdict:
    """Walk a clinic's whole chain, in seconds for a million rows.

    `known`: the digests that some rows are known to have had, from anchors kept elsewhere. The
    place where the clinic's own book says that the chain ends is looked at in any case.
    """
    with working_in(clinic), transaction.atomic():
        heads = [(head.number, head.digest) for head in Head.objects.all() if head.number]
        with connection.chunked_cursor() as cursor:
            stream = rows.in_postgres if connection.vendor == "postgresql" else rows.in_sqlite
            return walk(stream(cursor, clinic), key(), anchors=[*known, *heads])


def verdicts(*, ends: Mapping[str, End] | None = None) -> dict[str, Verdict]:
    """Check every clinic's record; `ends` are anchors, by the clinic's key in hex."""
    with across_clinics("the record of every clinic is checked"):
        clinics = list(Clinic.objects.order_by("pk").values_list("pk", flat=True))
    known = {clinic: (end.number, end.digest) for clinic, end in (ends or {}).items() if end.number}
    return {
        clinic.hex: verify_clinic(clinic, known=[known[clinic.hex]] if clinic.hex in known else [])
        for clinic in clinics
    }
