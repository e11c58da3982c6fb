"""Reading what was sent, and how a client is reached."""

from datetime import datetime, time
from typing import Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.clinics.models import Clinic
from alongside.clinics.prepared import prepared
from alongside.messaging.models import ChannelName, Message, MessageQuerySet, State
from alongside.parts.part import Panel
from alongside.people.models import Client


class Board(Protocol):
    """What we need to know of a staff board."""

    clinic: Clinic
    now: datetime


def channel_of(client: Client) -> str | None:
    """Give the way a client chose, or None: nothing is to be sent to them."""
    if client.prefers == "none":
        return None
    if client.prefers == ChannelName.EMAIL and not client.email and client.mobile:
        return ChannelName.SMS
    return client.prefers


def address_of(client: Client, channel: str) -> str:
    """Give the client's address for a channel, as it is now; "" where there is none."""
    addresses = {ChannelName.EMAIL: client.email, ChannelName.SMS: client.mobile}
    return addresses.get(ChannelName(channel), "")


def for_client_today(client: Client, about: UUID, *, now: datetime) -> MessageQuerySet:
    """Give what stands on a client's own page about this since midnight, newest first."""
    shown: MessageQuerySet = Message.objects.filter(
        client=client,
        about=about,
        channel=ChannelName.APP,
        queued_at__gte=midnight_before(now, client.clinic),
    )
    return shown.order_by("-queued_at", "-id")


def sent_list(
    *, since: datetime | None = None, channel: str = "", state: str = "", who: str = ""
) -> MessageQuerySet:
    """Give the messages that match, newest first; what is left out does not narrow."""
    messages: MessageQuerySet = Message.objects.select_related("client").order_by(
        "-queued_at", "-id"
    )
    if since is not None:
        messages = messages.filter(queued_at__gte=since)
    if channel:
        messages = messages.filter(channel=channel)
    if state:
        messages = messages.in_state(state)
    if who.split():
        messages = messages.filter(client__in=_called(who))
    return messages


def _called(who: str) -> QuerySet[Client]:
    """Everybody with each of these words in their name; few of them, and of messages many."""
    clients = Client.objects.all()
    for word in who.split():
        clients = clients.filter(
            Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(called__icontains=word)
        )
    return clients


def with_post(now: datetime) -> set[UUID]:
    """Give the clinics where a message is due."""
    due: MessageQuerySet = Message.objects.due(now)
    return set(due.order_by().values_list("clinic_id", flat=True).distinct())


def not_sent_since(since: datetime) -> int:
    """Count the messages that could not be sent since then."""
    return len(_failed(since))


@prepared
def _failed(since: datetime) -> QuerySet[Message, UUID]:
    failed: MessageQuerySet = Message.objects.in_state(State.FAILED)
    return failed.filter(failed_at__gte=since).values_list("pk", flat=True)


def not_sent_panel(board: Board) -> Panel | None:
    """Tell the board when something could not be sent today."""
    count = not_sent_since(midnight_before(board.now, board.clinic))
    if not count:
        return None
    return Panel(template="messaging/not_sent_panel.html", context={"count": count}, order=10)


def midnight_before(now: datetime, clinic: Clinic) -> datetime:
    """Give the last midnight by the clinic's clock."""
    zone = clinic.zone
    return datetime.combine(now.astimezone(zone).date(), time.min, zone)
