"""Who may watch what, and whether they still may."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from alongside.access import presence
from alongside.access.models import Device, Link
from alongside.access.policy import is_shared, lets, row_for
from alongside.access.sessions import SessionStore
from alongside.access.who import asking, link_for
from alongside.clinics.current import across_clinics
from alongside.clinics.prepared import prepared
from alongside.live.models import Pulse
from alongside.live.topics import client_topic, clinic_topic, visit_topic
from alongside.people.actors import OWN, Actor, ActorKind
from alongside.people.models import CloseOne, Staff

WHY = "one question for all open streams, whichever clinic they belong to"


class Refused(Exception):
    """This page may not watch; `status` is all that it is told."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Somebody who may watch a topic, and by what: a link, signing in, or a device."""

    topic: str
    actor: Actor
    link: UUID | None = None
    session: str = ""

    @property
    def holder(self) -> str:
        """What the number of open streams is counted by."""
        return str(self.link or self.session or self.actor.id)


def number_of(topic: str) -> int:
    """Give how often a topic has changed."""
    return next(iter(_numbers(topic)), 0)


@prepared
def _numbers(topic: str) -> QuerySet[Pulse, int]:
    return Pulse.objects.filter(topic=topic).values_list("number", flat=True)


def admit(path: str, cookies: Mapping[str, str], *, now: datetime) -> Admission:
    """Let the page at this address watch, or raise Refused. Nothing is written: no session lives
    longer because somebody's page was left open.
    """
    try:
        match = resolve(path, "alongside.live.urls")
    except Resolver404:
        raise Refused(404) from None
    row = row_for(f"live:{match.url_name}")
    if row is None:
        raise Refused(404)
    link = None
    if row.link:
        link = link_for(str(match.kwargs["token"]), purpose=row.link, now=now)
        if link is None:
            raise Refused(404)
    request = _asked_with(cookies)
    actor, _clinic = asking(request, link=link, now=now)
    if not lets(row, actor, sends=False) or actor.clinic is None or actor.glass_until:
        raise Refused(401 if actor.kind is ActorKind.ANYONE else 403)
    if not is_shared(row, actor, sends=False):
        raise Refused(403)
    return Admission(
        topic=_topic(actor, link),
        actor=actor,
        link=link.pk if link else None,
        session=_session(request, actor, link),
    )


def _topic(actor: Actor, link: Link | None) -> str:
    if link:
        return visit_topic(link.subject)
    if actor.client:
        return client_topic(actor.client)
    assert actor.clinic is not None  # noqa: S101 - `admit` has looked
    return clinic_topic(actor.clinic)


def _session(request: HttpRequest, actor: Actor, link: Link | None) -> str:
    """Give the session that this stream ends with, if it came by one."""
    signed_in = actor.is_staff or (actor.kind in OWN and link is None)
    return (request.session.session_key or "") if signed_in else ""


def _asked_with(cookies: Mapping[str, str]) -> HttpRequest:
    """Make the request that `access.who` knows how to read, out of a stream's cookies."""
    request = HttpRequest()
    request.COOKIES = dict(cookies)
    engine = import_module(settings.SESSION_ENGINE)
    request.session = engine.SessionStore(cookies.get(settings.SESSION_COOKIE_NAME))
    request.user = get_user(request)
    return request


@lru_cache(maxsize=4096)
def _read(data: str) -> Mapping[str, Any]:
    """Read what a session holds; most have not changed since the last look."""
    return dict(SessionStore().decode(data))


def still_open(admissions: Iterable[Admission], *, now: datetime) -> set[Admission]:
    """Tell which of these streams may go on: five questions for all, however many there are.

    It finds what ended (a link, a session, also one that nobody touched for too long, a device,
    somebody's work here); `admit` is asked again
    now and then for the rest, like a password that was changed.
    """
    every = set(admissions)
    signed_in = {one for one in every if one.session}
    staff = {one for one in signed_in if one.actor.is_staff}
    own = signed_in - staff
    clients = {one for one in every if one.link}
    devices = every - signed_in - clients
    with across_clinics(WHY):
        here = set(
            Staff.objects.filter(
                pk__in={one.actor.id for one in staff}, is_active=True, user__is_active=True
            ).values_list("pk", "role")
        )
        links = set(
            Link.objects.filter(
                Q(close_one=None) | Q(close_one__ended_at=None),
                pk__in={one.link for one in clients},
                expires_at__gt=now,
                ended_at=None,
            ).values_list("pk", flat=True)
        )
        given = _given({one.actor.id for one in own if one.actor.id}, now=now)
        in_use = set(
            Device.objects.filter(
                pk__in={one.actor.id for one in devices}, ended_at=None
            ).values_list("pk", flat=True)
        )
    # A session ends by the real clock, whatever time it is for the product; and, before that, by
    # ours, when nobody has touched it for too long.
    kept = Session.objects.filter(pk__in={one.session for one in signed_in}, expire_date__gt=Now())
    sessions = {
        key
        for key, data in kept.values_list("pk", "session_data")
        if not presence.is_over(_read(data), now=now)
        and not presence.is_locked(_read(data), now=now)
    }
    return (
        {one for one in clients if one.link in links}
        | {one for one in own if one.session in sessions and _is_given(one.actor, given)}
        | {one for one in devices if one.actor.id in in_use}
        | {
            one
            for one in staff
            if (one.actor.id, one.actor.kind) in here and one.session in sessions
        }
    )


def _given(keys: set[UUID], *, now: datetime) -> set[UUID]:
    """Give which of those close to a client may still see what they were given."""
    if not keys:
        return set()
    rows = CloseOne.objects.select_related("clinic").filter(pk__in=keys, ended_at=None)
    return {one.pk for one in rows if one.is_current(now.astimezone(one.clinic.zone).date())}


def _is_given(actor: Actor, given: set[UUID]) -> bool:
    return actor.kind is ActorKind.CLIENT or actor.id in given
