"""Amara's page, as her phone has it."""

from datetime import timedelta

from conftest import NOW
from django.urls import reverse

from alongside.access.actions.links import give_link
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.visits.models import Told, Visit


def link_to(visit, *, until=timedelta(days=1), purpose="visit") -> str:
    with working_in(visit.clinic_id):
        return give_link(
            visit.client, purpose=purpose, subject=visit.pk, now=NOW, until=NOW + until
        )


def look(web, token: str, **headers) -> str:
    answer = web.get(reverse("visits:visit", args=[token]), headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def send(web, name: str, token: str, **data):
    return web.post(reverse(f"visits:{name}", args=[token]), data)


def fresh(visit) -> Visit:
    with working_in(visit.clinic_id):
        return Visit.objects.get(pk=visit.pk)


def told(visit, *, likely, by, at=NOW, low=5, high=15, reason="first", **more):
    with working_in(visit.clinic_id):
        return Told.objects.create(
            visit=visit,
            told_at=at,
            low=timedelta(minutes=low),
            high=timedelta(minutes=high),
            likely=timedelta(minutes=likely),
            by=at + timedelta(minutes=by),
            reason=reason,
            **more,
        )


def at(minutes):
    return clock.standing_at(NOW + timedelta(minutes=minutes))
