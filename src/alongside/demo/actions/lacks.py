"""Let the demo's clients say what is hard, and its manager what the clinic offers."""

from datetime import datetime, timedelta

from alongside.demo.actions.hopes import therapist_of
from alongside.demo.lacks import AT_FIRST, HELPS, LACKS, TOOK
from alongside.needs.actions.let_see import let_see
from alongside.needs.actions.offer import answer, offer
from alongside.needs.actions.say import say
from alongside.needs.actions.services import add_service
from alongside.needs.models import Service
from alongside.people.actors import Actor, of_client, of_close_one, of_staff
from alongside.people.models import Client, CloseOne, Role, Staff
from alongside.rules.needs import Area
from alongside.rules.who_sees import Whom


def lack(today: datetime) -> None:
    """Say it as real people do, each in their own view."""
    lead = of_staff(Staff.objects.get(role=Role.MANAGER))
    for one in HELPS:
        values = {
            "name": one.name,
            "words": one.words,
            "kind": one.kind,
            "covers": list(one.covers),
            "wait_days": one.wait_days,
        }
        add_service(values, by=lead, now=today - timedelta(weeks=AT_FIRST + 4))
    for number, told in enumerate(LACKS):
        client = Client.objects.get(first_name=told.who)
        say(
            client,
            told.code,
            performance=told.performance,
            capacity=told.capacity,
            importance=told.importance,
            helps=told.helps,
            words=told.words,
            voice=told.voice,
            by=_whose(told.voice, client),
            now=today - timedelta(weeks=told.weeks) + timedelta(minutes=number),
        )
    _keep_apart(today)
    _take(today)


def _whose(voice: str, client: Client) -> Actor:
    if voice == "close":
        return of_close_one(CloseOne.objects.get(client=client))
    return of_client(client) if voice == "client" else of_staff(therapist_of(client.first_name))


def _keep_apart(today: datetime) -> None:
    """Amara keeps what is on her mind for Joon."""
    amara, joon = Client.objects.get(first_name="Amara"), Staff.objects.get(name="Joon")
    now = today - timedelta(days=6)
    let_see(amara, Area.MIND, whom=Whom.NAMED, named=[joon.pk], by=of_client(amara), now=now)


def _take(today: datetime) -> None:
    """Say what was hard at first, be offered what fits, and say yes to it."""
    began = today - timedelta(weeks=AT_FIRST)
    for number, one in enumerate(TOOK):
        client = Client.objects.get(first_name=one.who)
        own, by = of_client(client), of_staff(therapist_of(one.who))
        now = began + timedelta(minutes=number)
        say(client, one.code, performance=3, importance=8, voice="client", by=own, now=now)
        service = Service.objects.get(name=one.service)
        made = offer(client, service, by=by, now=now + timedelta(days=3))
        answer(made, accepts=True, by=own, now=now + timedelta(days=4))
