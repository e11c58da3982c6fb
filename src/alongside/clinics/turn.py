"""One hand at a time in a clinic's book, so that nobody waits crosswise for somebody who waits."""

from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from alongside.clinics import current

TAKE = "SELECT pg_advisory_xact_lock(%s)"


def take_turn() -> None:
    """Wait until nobody else writes this clinic's visits; it is ours until the transaction ends.

    Call it first in a transaction that writes visits or works out their waits, before anything is
    written or locked; taken twice, it is ours already. Two that write what overlaps would else each
    wait for the other, until PostgreSQL throws one of them out (docs/decisions/in-turn.md). SQLite
    has one writer at a time by itself.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return
    with transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS), connection.cursor() as cursor:
        cursor.execute(TAKE, [_number(current.clinic_id())])


def _number(clinic: UUID) -> int:
    """The clinic's key as PostgreSQL counts locks; two that share a number only share turns."""
    return int.from_bytes(clinic.bytes[8:], "big", signed=True)
