"""Give a client an address that opens one thing."""

from datetime import datetime
from uuid import UUID

from alongside.access.models import Link
from alongside.access.tokens import digest_of, new_token
from alongside.people.models import Client


def give_link(
    client: Client, *, purpose: str, subject: UUID, now: datetime, until: datetime
) -> str:
    """Make a link and give its secret; it is shown this once and never stored."""
    token = new_token()
    Link.objects.create(
        digest=digest_of(token),
        purpose=purpose,
        subject=subject,
        client=client,
        made_at=now,
        expires_at=until,
    )
    return token


def end_links(*, subject: UUID, now: datetime) -> None:
    """Close every address that opens this thing."""
    Link.objects.filter(subject=subject, ended_at=None).update(ended_at=now)
