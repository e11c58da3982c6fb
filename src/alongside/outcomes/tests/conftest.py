"""People with goals that went somewhere, put straight into the book as a starting point."""

from datetime import datetime, timedelta

import pytest
from conftest import NOW, _staff, book_for

from alongside.clinics.current import working_in
from alongside.goals.models import Goal, Rating
from alongside.needs.models import Proposal, Service
from alongside.people.models import Client

BEGAN = NOW - timedelta(days=120)
LATELY = NOW - timedelta(days=40)


def somebody(clinic, number: int = 0, name: str = "Person") -> Client:
    with working_in(clinic):
        return Client.objects.create(first_name=f"{name} {number}", prefers="none")


def went(
    client: Client,
    first: int,
    last: int,
    *,
    reach: str = "activity",
    began: datetime = BEGAN,
    ended: datetime = LATELY,
) -> Goal:
    """A goal that was rated when it began and once more."""
    with working_in(client.clinic_id):
        goal = Goal.objects.create(
            client=client,
            words="walk",
            reach=reach,
            written_at=began,
            written_by="x",
            agreed_at=began,
            agreed_by="x",
        )
        for at, going in ((began, first), (ended, last)):
            Rating.objects.create(goal=goal, at=at, going=going, by="x")
        return goal


def took(client: Client, service: Service, *, at: datetime = BEGAN) -> Proposal:
    """Somebody said yes to a service."""
    with working_in(client.clinic_id):
        return Proposal.objects.create(
            client=client,
            service=service,
            offered_at=at,
            by="x",
            reason="x",
            accepted_at=at,
            answered_by="x",
        )


def service(clinic, name: str) -> Service:
    with working_in(clinic):
        return Service.objects.create(name=name, kind="group", covers=["d5"])


@pytest.fixture
def groups(harbour):
    """Three groups: six who rose by 3 or 4, five by 0 or 1, and four of whom nothing is shown."""
    made = {name: service(harbour, name) for name in ("Cooking", "Garden", "Quiet hour")}
    ways = {
        "Cooking": (3, 4, 3, 4, 3, 4),
        "Garden": (0, 1, 0, 1, 0),
        "Quiet hour": (2, 2, 3, 1),
    }
    number = 0
    for name, rises in ways.items():
        for rise in rises:
            number += 1
            client = somebody(harbour, number)
            went(client, 3, 3 + rise, reach="task" if number % 2 else "role")
            took(client, made[name])
    for rise in (2, 1, 2, 3, 2, 1):
        number += 1
        went(somebody(harbour, number), 4, 4 + rise, reach="life" if number % 2 else "task")
    return made


@pytest.fixture
def lead(web, sign_in, noor):
    """Noor, who leads Harbour Street, reading English."""
    web.cookies["alongside-language"] = "en"
    return sign_in(web, noor)


@pytest.fixture
def other_lead(hillside):
    """Whoever leads the other clinic."""
    return _staff(hillside, "Ada", "manager")


@pytest.fixture
def sees(harbour):
    """Visits that took place: `sees(amara, joon, 3)`; `sees.colleague("Mika")` is one more."""

    def _sees(client, therapist, times: int) -> None:
        _sees.hours += times
        for number in range(times):
            at = LATELY.replace(hour=8) + timedelta(hours=_sees.hours + number, days=-30)
            done = {"arrived_at": at, "started_at": at, "finished_at": at}
            book_for(client, therapist, at, state="done", **done)

    _sees.hours = 0
    _sees.colleague = lambda name: _staff(harbour, name, "therapist")
    return _sees
