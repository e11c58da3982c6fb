"""The cast: two clinics and the people in them. Time is given, never read."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from scripts import figures

PARIS = ZoneInfo("Europe/Paris")
TOLD = pytest.StashKey[TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Give tests a key of their own, so that plain `pytest` runs with nothing set."""
    if config.pluginmanager.hasplugin("django"):
        from django.conf import settings

        if settings.configured:
            settings.SECRET_KEY = "only for tests"
    if figures.FOLDER not in os.environ:
        # Told at the end and thrown away; what is to be kept has a folder already (make faults).
        folder = TemporaryDirectory(prefix="alongside-figures-")
        os.environ[figures.FOLDER] = folder.name
        config.stash[TOLD] = folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was measured, last."""
    if folder := terminalreporter.config.stash.get(TOLD, None):
        for figure in figures.told(Path(folder.name)):
            terminalreporter.write_line(figure.line())


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := config.stash.get(TOLD, None):
        folder.cleanup()
        del os.environ[figures.FOLDER]


NOW = datetime(2026, 11, 24, 10, 12, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def _nobody_has_guessed() -> None:
    """What one test tried must not make the next one wait."""
    from alongside.access.guesses import guesses

    guesses.forget()


@pytest.fixture(autouse=True)
def watched_turns(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Who writes visits takes the clinic's turn first: seen on PostgreSQL, in every test."""
    watch = _watch(request)
    if watch is None:
        yield []
        return
    with watch.connection.execute_wrapper(watch):
        yield watch.faults
    assert not watch.faults, "\n".join(watch.faults)


def _watch(request: pytest.FixtureRequest):
    """See the statements of a test that is wrapped in one transaction, on PostgreSQL."""
    if "db" not in request.fixturenames or "transactional_db" in request.fixturenames:
        return None
    request.getfixturevalue("db")
    from django.db import connection

    from alongside.clinics.tests.in_turn import Watch

    return Watch(connection) if connection.vendor == "postgresql" else None


@pytest.fixture
def now() -> datetime:
    """12 minutes past ten on a Tuesday in Paris."""
    return NOW


@pytest.fixture
def at_ten_past_ten() -> Iterator[datetime]:
    """Stand the product's clock at NOW for tests that go through views."""
    from alongside.clinics import clock

    with clock.standing_at(NOW):
        yield NOW


@pytest.fixture
def network(db: None):
    """The network that both clinics belong to."""
    from alongside.clinics.models import Network

    return Network.objects.create(name="Two Streets")


def _clinic(network, name: str):
    from alongside.clinics.current import working_in
    from alongside.clinics.models import Clinic, OpeningHours, Room, VisitKind

    clinic = Clinic.objects.create(
        network=network,
        name=name,
        sender_name=name.split(" ")[0],
        zone_name="Europe/Paris",
        languages=["en", "fr"],
        way_in="The blue door beside the bakery.",
        way_in_fr="La porte bleue à côté de la boulangerie.",
        bring="Your glasses, if you wear any.",
        bring_fr="Vos lunettes, si vous en portez.",
    )
    with working_in(clinic):
        Room.objects.create(name="Room 1")
        Room.objects.create(name="Room 2")
        for weekday in range(5):
            OpeningHours.objects.create(weekday=weekday, opens=time(8), closes=time(17))
        VisitKind.objects.create(name="Visit", name_fr="Séance", planned=timedelta(minutes=45))
        VisitKind.objects.create(
            name="First visit",
            name_fr="Première séance",
            planned=timedelta(minutes=60),
            is_first=True,
        )
    return clinic


@pytest.fixture
def harbour(network):
    """Harbour Street OT."""
    return _clinic(network, "Harbour Street OT")


@pytest.fixture
def hillside(network):
    """The other clinic: it must see nothing of Harbour Street."""
    return _clinic(network, "Hillside Rehab")


@pytest.fixture
def here(harbour) -> Iterator[object]:
    """Work in Harbour Street."""
    from alongside.clinics.current import working_in

    with working_in(harbour):
        yield harbour


def _staff(clinic, name: str, role: str, **more):
    from alongside.clinics.current import working_in
    from alongside.people.actions.add_user import add_user
    from alongside.people.models import Staff

    user = add_user(f"{name.lower()}@example.org", name=name)
    with working_in(clinic):
        return Staff.objects.create(user=user, role=role, name=name, short_name=name, **more)


@pytest.fixture
def dee(harbour):
    """Dee, at the front desk of Harbour Street."""
    return _staff(harbour, "Dee", "desk")


@pytest.fixture
def joon(harbour):
    """Joon, a therapist at Harbour Street."""
    return _staff(harbour, "Joon", "therapist", profession="Occupational therapist")


@pytest.fixture
def noor(harbour):
    """Noor, the manager of Harbour Street."""
    return _staff(harbour, "Noor", "manager")


@pytest.fixture
def charlie(hillside):
    """Charlie works at the front desk of the other clinic and must see nothing."""
    return _staff(hillside, "Charlie", "desk")


@pytest.fixture
def robin(network):
    """Robin looks after the whole network, and sees no client."""
    from alongside.clinics.current import working_in
    from alongside.network.actions.admins import appoint, office_of
    from alongside.people.models import Staff

    appoint(network, "robin@example.org", name="Robin", now=NOW)
    with working_in(office_of(network)):
        return Staff.objects.select_related("clinic", "user").get()


@pytest.fixture
def amara(harbour):
    """Amara comes to Harbour Street and reads French."""
    from alongside.clinics.current import working_in
    from alongside.people.models import Client

    with working_in(harbour):
        return Client.objects.create(
            first_name="Amara",
            last_name="Diallo",
            called="Amara",
            said="a-MA-ra",
            language="fr",
            email="amara@example.org",
            prefers="email",
        )


@pytest.fixture
def luc(harbour):
    """Luc, Amara's brother, is a client as well."""
    from alongside.clinics.current import working_in
    from alongside.people.models import Client

    with working_in(harbour):
        return Client.objects.create(
            first_name="Luc", last_name="Diallo", language="en", prefers="none"
        )


@pytest.fixture
def close_to(harbour):
    """Let somebody see a part of a client's page: `close_to(amara, "Luc", rights=["visits"])`."""

    def _close_to(client, name: str, *, rights=(), **more):
        from alongside.clinics.current import working_in
        from alongside.people.models import CloseOne

        given = {
            "relation": "sibling",
            "email": f"{name.lower()}.close@example.org",
            "begins_on": NOW.date(),
            "added_at": NOW,
            "agreed_by": client.goes_by,
            **more,
        }
        with working_in(client.clinic_id):
            return CloseOne.objects.create(client=client, name=name, rights=list(rights), **given)

    return _close_to


@pytest.fixture
def amaras_visit(amara, joon, harbour):
    """Amara's visit with Joon, today at 10:30."""
    return book_for(amara, joon, NOW.replace(hour=10, minute=30))


def book_for(client, therapist, booked_at: datetime, *, kind: str = "Visit", **more):
    """Put a visit straight into the book, as a starting point for a test."""
    from alongside.clinics.current import working_in
    from alongside.clinics.models import VisitKind
    from alongside.visits.models import Visit

    with working_in(client.clinic_id):
        named = VisitKind.objects.get(name=kind)
        return Visit.objects.create(
            client=client,
            therapist=therapist,
            kind=named,
            planned=more.pop("planned", named.planned),
            booked_at=booked_at,
            **more,
        )


@pytest.fixture
def web():
    """A browser without a browser; nobody has signed in."""
    from django.test import Client as Browser

    return Browser()


@pytest.fixture
def sign_in() -> Callable[..., object]:
    """Sign a member of the cast in: `sign_in(web, dee)`."""

    return signed_in


def signed_in(web, staff, *, shown: str = "code"):
    """Put somebody into a session of their own, as if they had shown their second thing, too."""
    from alongside.access import presence

    web.force_login(staff.user)
    session = web.session
    session[presence.STRONG] = shown
    session[presence.FRESH] = clock_now().timestamp()
    session.save()
    return web


def with_code_app(staff):
    """Give somebody a code app, as they set it up on their first day; `second_step` uses it."""
    from alongside.keys.actions.code_app import new_secret, take_up

    secret = new_secret()
    assert take_up(staff.user, secret, code_of(secret), now=clock_now())
    return staff


def code_of(secret: str) -> str:
    """What a code app shows now."""
    from allauth.mfa.totp.internal import auth

    counter = sorted(auth.yield_hotp_counters_from_time())[1]
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def second_step(web, user):
    """Show what the code app shows. Tests are quicker than half a minute: a code counts again."""
    from allauth.mfa.models import Authenticator

    from alongside.keys.adapter import Adapter

    app = Authenticator.objects.get(user=user, type="totp")
    app.data.pop("last", None)
    app.save()
    return web.post("/sign-in/second/", {"code": code_of(Adapter().decrypt(app.data["secret"]))})


def first_key(web):
    """Set a code app up on the pages, as somebody does who comes in for the first time."""
    assert web.get("/me/code-app/").status_code == 200
    return web.post("/me/code-app/", {"code": code_of(web.session["new_app"])})


def clock_now() -> datetime:
    """The product's clock, as it stands in this test."""
    from alongside.clinics import clock

    return clock.now()


@pytest.fixture
def own_page() -> Callable[..., object]:
    """Sign somebody in to their own page: `own_page(web, amara)`, also for somebody close."""

    def _own_page(web, somebody):
        from alongside.access import own

        session = web.session
        session[own.KEY] = {"email": somebody.email.lower(), "chosen": str(somebody.pk)}
        session.save()
        web.cookies[settings_cookie()] = session.session_key
        return web

    def settings_cookie() -> str:
        from django.conf import settings

        return settings.SESSION_COOKIE_NAME

    return _own_page


@pytest.fixture
def acting() -> SimpleNamespace:
    """Actors for the cast: `acting.staff(dee)`, `acting.client(amara)`, `acting.clock(harbour)`."""
    from alongside.people import actors

    return SimpleNamespace(
        staff=actors.of_staff,
        client=actors.of_client,
        clock=lambda clinic: actors.the_clock(clinic.pk),
    )
