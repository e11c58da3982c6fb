"""What is hard, over time: each need in each voice, from the first time it was told until now."""

from dataclasses import dataclass
from datetime import tzinfo
from itertools import groupby
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.access.asked import Asked
from alongside.audit.actions.record import record_seen
from alongside.clinics import clock
from alongside.mine.reader import whose_page
from alongside.needs import messages as said
from alongside.needs.models import Voice
from alongside.needs.queries.profile import courses_of
from alongside.needs.queries.who_sees import seen_by
from alongside.people.models import Client
from alongside.rules.profile import Course, Said, Way
from alongside.rules.profile import Voice as Speaker

BOXES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What was said on a day; `boxes`: which of four are filled, None where it is no amount."""

    day: str
    how: str
    boxes: tuple[bool, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One voice about one need."""

    who: str
    way: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One need with everybody who told of it more than once."""

    code: str
    name: str
    told: tuple[Told, ...]


@require_safe
def own(request: Asked) -> HttpResponse:
    """Show how what is hard for me has changed."""
    client = whose_page(request)
    record_seen("needs.see", [client.pk], by=request.actor, now=clock.now())
    return render(request, "needs/client/over_time.html", _context(request, client))


@require_safe
def staff(request: Asked, client_id: UUID) -> HttpResponse:
    """Show staff how what is hard for a client has changed."""
    client = get_object_or_404(Client, pk=client_id)
    record_seen("needs.read", [client.pk], by=request.actor, now=clock.now())
    return render(request, "needs/staff/over_time.html", _context(request, client))


def _context(request: Asked, client: Client) -> dict[str, object]:
    areas = seen_by(request.actor, client.pk)
    found = courses_of(client.pk, areas)
    moved = [one for one in found if len(one.points) > 1]
    once = {one.code for one in found} - {one.code for one in moved}
    return {
        "client": client,
        "needs": [
            _need(code, tuple(group), client, request.clinic.zone)
            for code, group in groupby(moved, key=lambda one: one.code)
        ],
        "once": said.joined(sorted(once)),
        "kept": said.kept_apart(areas) if request.actor.is_staff else "",
    }


def _need(code: str, group: tuple[Course, ...], client: Client, zone: tzinfo) -> Need:
    return Need(
        code=code,
        name=said.need(code),
        told=tuple(_told(one, client, zone) for one in group),
    )


def _told(one: Course, client: Client, zone: tzinfo) -> Told:
    who = client.goes_by if one.voice is Speaker.CLIENT else str(Voice(one.voice.value).label)
    ways = {Way.EASIER: _("easier than at first"), Way.HARDER: _("harder than at first")}
    return Told(
        who=who,
        way=ways.get(one.way, _("as at first") if one.way is Way.SAME else ""),
        points=tuple(_point(point, zone) for point in one.points),
    )


def _point(one: Said, zone: tzinfo) -> Point:
    filled = 0 if one.helps else one.performance
    return Point(
        day=date_format(one.at.astimezone(zone), _("j F Y")),
        how=said.how(one.code, one.performance, helps=one.helps),
        boxes=tuple(number < filled for number in range(BOXES)) if filled <= BOXES else None,
    )
