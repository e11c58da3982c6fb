"""Reading the record."""

from uuid import UUID

from django.db.models import QuerySet

from alongside.audit.chain import key, verify
from alongside.audit.models import Entry
from alongside.rules.record_chain import Verdict


def about_client(client: UUID) -> QuerySet[Entry]:
    """Give everything on record about one client, newest first."""
    return Entry.objects.filter(client_key=client).order_by("-number")


def whole() -> Verdict:
    """Check this clinic's whole chain."""
    return verify(Entry.objects.order_by("number").iterator(chunk_size=2000), key())
