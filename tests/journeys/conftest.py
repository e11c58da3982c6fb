"""One server, one browser, and for each journey a fresh morning and people of its own."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import signed_in
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings
from playwright.sync_api import Browser, expect, sync_playwright

from alongside.clinics import clock
from alongside.site.errands import Errands
from tests.journeys import morning
from tests.journeys.people import PHONE, WIDE, Faults, Mode, Person
from tests.journeys.serving import Site

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember that a journey failed, so that what stood on its pages can be said."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Iterator[Site]:
    """The product, served from a folder of its own, static files laid out as for a clinic."""
    if connection.vendor != "sqlite":
        pytest.fail("Journeys are served from a file of SQLite: run them without DATABASE_URL.")
    folder = tmp_path_factory.mktemp("site")
    site = Site(folder / "alongside.sqlite3")
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(**_as_served(folder, site.url)),
        django_db_blocker.unblock(),
        _connected_to(site.database),
    ):
        # Playwright keeps a loop in this thread; the database is asked from it all the same.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        patch.setattr(Errands, "look", site.round_of_errands(Errands.look))
        _fill(site)
        site.start()
        yield site
        site.stop()
        clock.reset()


@contextmanager
def _connected_to(database: Path) -> Iterator[None]:
    """Lead every thread to this file, and this one back to its own database afterwards.

    Tests that ran before in this process have a database in memory, and Django never closes a
    connection to such a one: this thread would go on asking it. So the connection is laid aside.
    """
    there, before = connections["default"], connections.databases["default"]["NAME"]
    there.close()
    del connections["default"]
    connections.databases["default"]["NAME"] = str(database)
    try:
        yield
    finally:
        connection.close()
        connections["default"] = there
        connections.databases["default"]["NAME"] = before


def _as_served(folder: Path, url: str) -> dict[str, object]:
    """What `alongside serve` sets that a test does not."""
    static = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    return {
        "DATA": folder,
        "PUBLIC_URL": url,
        # Letters go into pytest-django's own mailbox.
        "EMAIL_IS_SET": True,
        "STATIC_ROOT": folder / "static",
        "STORAGES": {**settings.STORAGES, "staticfiles": {"BACKEND": static}},
        "WHITENOISE_USE_FINDERS": False,
    }


def _fill(site: Site) -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    site.keep("empty")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    morning.live_until_ten_past_ten()
    connection.close()
    site.keep("morning")


@pytest.fixture
def the_morning(site: Site) -> Site:
    """Harbour Street at 10:12, as it was lived; nothing that a journey before did is left."""
    site.begin("morning")
    return site


@pytest.fixture
def nothing_yet(site: Site) -> Site:
    """A new installation: no clinic."""
    site.begin("empty")
    return site


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium of this machine."""
    from shutil import which

    named = os.environ.get("ALONGSIDE_TEST_CHROMIUM")
    path = named or next((found for name in NAMES if (found := which(name))), None)
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(
                executable_path=path,
                args=["--no-sandbox", "--disable-background-networking"],
            )
        except Exception as error:
            if named:
                raise
            pytest.skip(f"no Chromium here: {error}")
        yield chromium
        chromium.close()


Come = Callable[..., Person]


@pytest.fixture
def somebody(site: Site, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Come]:
    """`somebody(mode=..., language=...)`: a person with a browser of their own, watched."""
    people: list[Person] = []

    def come(*, mode: Mode = PHONE, language: str = "en", **more: object) -> Person:
        context = browser.new_context(
            viewport={"width": mode.width, "height": mode.height},
            locale=language,
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(10000)
        person = Person(context, site.url, mode, language, Faults(context, site.url))
        people.append(person)
        return person

    yield come
    if request.node.stash.get(FAILED, False):
        for person in people:
            print(*person.stands_before(), sep="\n")
    found = [fault for person in people for fault in person.faults.found]
    for person in people:
        person.context.close()
    assert not found, "\n".join(found)


@pytest.fixture
def at_work(somebody: Come) -> Come:
    """`at_work("Dee")`: somebody of the staff who has signed in."""
    from django.test import Client as Browser

    def come(name: str, *, mode: Mode = WIDE, **more: object) -> Person:
        person = somebody(mode=mode, **more)
        door = Browser()
        signed_in(door, morning.worker(name))
        key = door.cookies[settings.SESSION_COOKIE_NAME].value
        session = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": person.url}
        person.context.add_cookies([session])
        person.speaks(person.language)
        return person

    return come


@pytest.fixture
def at_home(somebody: Come) -> Come:
    """`at_home("Amara")`: somebody who has come in to their own page by the link of their letter.

    `to="Amara"` chooses whose, where somebody may open more pages than their own.
    """

    def come(name: str, *, to: str = "", language: str = "fr", **more: object) -> Person:
        person = somebody(language=language, **more)
        person.speaks(language)
        person.opens(morning.way_in(name))
        person.presses(person.button("Come in"))
        if to:
            person.presses(person.page.get_by_role("button", name=to))
        expect(person.page.locator("#mine")).to_be_visible()
        return person

    return come


@pytest.fixture
def own_device(the_morning: Site, browser: Browser) -> Iterator[Callable[[Mode, str], Person]]:
    """Somebody at a device that can keep a passkey. A passkey is for a name, never a number."""
    url = the_morning.url.replace("127.0.0.1", "localhost")
    before, settings.PUBLIC_URL = settings.PUBLIC_URL, url
    made: list[Person] = []

    def come(mode: Mode, language: str) -> Person:
        context = browser.new_context(
            viewport={"width": mode.width, "height": mode.height}, locale=language
        )
        context.set_default_timeout(10000)
        one = Person(context, url, mode, language, Faults(context, url))
        one.speaks(language)
        keeps_passkeys(one)
        made.append(one)
        return one

    yield come
    settings.PUBLIC_URL = before
    for one in made:
        one.context.close()
        assert not one.faults.found, "\n".join(one.faults.found)


def keeps_passkeys(one: Person) -> None:
    """Give this device a place for passkeys, and a finger that unlocks it."""
    tools = one.context.new_cdp_session(one.page)
    tools.send("WebAuthn.enable")
    can = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": can})
