"""The phone, the kiosk and the desk check the same person in at once: it counts once."""

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from scripts.figures import Figure, tell

from tests.faults import arrivals
from tests.faults.arrivals import CSRF, Answer, ask
from tests.faults.place import Place, a_place

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
CLINICS, VISITS, CONTROL = (50, 20, 2) if FULL else (3, 10, 1)
AT_ONCE = 4
FASTER = "was faster at"


@dataclass
class Came:
    """What each of the three was answered, and what is there."""

    answers: Counter[str] = field(default_factory=Counter)
    told: int = 0
    steps: dict[str, int] = field(default_factory=dict)
    verdict: arrivals.Verdict | None = None

    @property
    def doubled(self) -> int:
        return sum(count - 1 for count in self.steps.values())


@pytest.fixture(autouse=True, scope="module")
def _short_enough(engine: str) -> None:
    if engine == "PostgreSQL" and not FULL:
        pytest.skip("on PostgreSQL at full length only (make faults)")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("doors")
    command = ("serve", "--processes", "2")
    with a_place(
        folder, engine, clinics=CLINICS + CONTROL, visits=VISITS, command=command
    ) as place:
        yield place


async def everybody(place: Place, clinics: list[dict[str, Any]]) -> Came:
    came, few = Came(), asyncio.Semaphore(AT_ONCE)

    async def send(how: str, path: str, cookie: str, **fields: str) -> tuple[str, Answer]:
        body = urlencode({**fields, "csrfmiddlewaretoken": CSRF}).encode()
        cookies = f"{place.made['csrf']}={CSRF}; {cookie}"
        return how, await ask(place.served.port, "POST", path, cookies, body)

    async def one(clinic: dict[str, Any], visit: dict[str, str]) -> None:
        async with few:
            three = await asyncio.gather(
                send("phone", f"/v/{visit['token']}/here/", "", key="phone"),
                send(
                    "kiosk",
                    "/kiosk/",
                    clinic["kiosk"],
                    key=f"kiosk-{visit['id']}"[:40],
                    name=visit["name"],
                    at=visit["at"],
                ),
                send(
                    "desk",
                    f"/today/visit/{visit['id']}/step/",
                    clinic["desk"],
                    verb="check_in",
                    version="1",
                ),
            )
        for how, answer in three:
            came.answers[f"{how} {answer.status}"] += 1
            said = answer.headers.get("location", "")
            came.told += (
                (how == "phone" and answer.status == 303)
                or (how == "kiosk" and answer.status == 303 and "/kiosk/" in said)
                or (how == "desk" and answer.status == 302)
                or (how == "desk" and answer.status == 409 and FASTER in answer.body.decode())
            )

    everyone = [(clinic, visit) for clinic in clinics for visit in clinic["visits"]]
    await asyncio.gather(*(one(clinic, visit) for clinic, visit in everyone))
    counted = arrivals.count(place.env)
    ours = {visit["id"] for _, visit in everyone}
    came.steps = {key: n for key, n in counted["check_ins"].items() if key in ours}
    came.verdict = arrivals.Verdict(0, 0, counted["unpaired"], counted["bad_chains"], True)
    return came


@pytest.fixture(scope="module")
def came(place: Place) -> Came:
    return asyncio.run(everybody(place, place.made["clinics"][:CLINICS]))


@pytest.fixture(scope="module")
def unguarded(place: Place, came: Came) -> Came:
    """The control: nobody asks how the visit is by now."""
    place.served.end()
    place.served.env["DJANGO_SETTINGS_MODULE"] = "tests.faults.unguarded"
    place.served.start()
    return asyncio.run(everybody(place, place.made["clinics"][CLINICS:]))


def test_each_is_checked_in_once_and_all_three_are_told(came: Came, unguarded: Came, engine: str):
    visits = CLINICS * VISITS
    others = 3 * visits - came.told
    tell(
        Figure(
            name=f"three-doors-{engine.lower()}",
            chapter="Nothing lost",
            fault=f"phone, kiosk and desk check the same person in at once ({engine})",
            tried=f"{visits:,} visits, three requests each at the same time, two processes",
            figure=f"{len(came.steps):,} checked in, {came.doubled} of them twice; "
            f"{came.answers['desk 409']:,} desks were told who was faster; {others} got another "
            "answer",
            asked=f"{visits:,} once each, 0 twice, 0 other answers",
            met=len(came.steps) == visits and not came.doubled and not others,
            control=f"with a step that does not ask how the visit is by now: {unguarded.doubled} "
            f"check-ins too many of {CONTROL * VISITS} visits",
            command="make faults ARGS='-k three_doors'",
        )
    )
    assert len(came.steps) == visits
    assert came.doubled == 0
    assert others == 0, came.answers
    assert (came.verdict.unpaired, came.verdict.bad_chains) == (0, 0)


def test_without_asking_how_it_is_by_now_some_are_twice(unguarded: Came):
    """The negative control."""
    assert unguarded.doubled > 0
