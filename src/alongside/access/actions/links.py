"""Give a client an address that opens one thing."""

from datetime import datetime
from uuid import UUID

from alongside.access.models import Link
from alongside.access.tokens import digest_of, new_token
from alongside.people.models import Client, CloseOne


def give_link(
    client: Client,
    *,
    purpose: str,
    subject: UUID,
    now: datetime,
    until: datetime,
    close_one: CloseOne | None = None,
    email: str = "",
) -> str:
    """Make a link and give its secret; it is shown this once and never stored."""
    token = new_token()
    Link.objects.create(
        digest=digest_of(token),
        purpose=purpose,
        subject=subject,
        client=client,
        close_one=close_one,
        email=email,
        made_at=now,
        expires_at=until,
    )
    return token


def use_up(link: Link, *, now: datetime) -> bool:
    """Take a link that works once; of two who use it, one is told yes."""
    return bool(Link.objects.filter(pk=link.pk, ended_at=None).update(ended_at=now))


def end_links_of(close_one: CloseOne, *, now: datetime) -> None:
    """Close every address that was given to somebody close to a client."""
    Link.objects.filter(close_one=close_one, ended_at=None).update(ended_at=now)


def end_links(*, subject: UUID, now: datetime) -> None:
    """Close every address that opens this thing."""
    Link.objects.filter(subject=subject, ended_at=None).update(ended_at=now)
