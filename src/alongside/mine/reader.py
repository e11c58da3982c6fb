"""Who reads a page of a client's own, and what they may do: for every part with such pages."""

from typing import TypedDict
from zoneinfo import ZoneInfo

from django.http import Http404

from alongside.access.asked import Asked
from alongside.people.actors import ActorKind
from alongside.people.models import Client


class Reader(TypedDict):
    """What a page of one's own says to its template about who reads it."""

    client: Client
    is_client: bool
    may_act: bool
    zone: ZoneInfo


def whose_page(request: Asked) -> Client:
    """Give the client whose page this is; there is none for who came in without one."""
    key = request.actor.client
    found = Client.objects.filter(pk=key).first() if key else None
    if found is None:
        raise Http404("client")
    found.clinic = request.clinic
    return found


def is_client(request: Asked) -> bool:
    """Tell whether it is the client who reads, and not somebody close to them."""
    return request.actor.kind is ActorKind.CLIENT


def reader(request: Asked, client: Client) -> Reader:
    """Say who reads this page, and what they may do."""
    return {
        "client": client,
        "is_client": is_client(request),
        "may_act": request.actor.may_act,
        "zone": request.clinic.zone,
    }
