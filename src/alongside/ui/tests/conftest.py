"""A browser and a bench for the modules."""

import os
import threading
from collections.abc import Iterator
from shutil import which
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from alongside.ui.tests.bench import State, serving


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A Chromium of this machine."""
    named = os.environ.get("ALONGSIDE_TEST_CHROMIUM")
    path = named or which("chromium") or which("chromium-browser") or which("google-chrome")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
            )
        except Exception as error:
            # The run was told that there is one: then silence would hide that it is broken.
            if named:
                raise
            pytest.skip(f"no Chromium here: {error}")
        yield browser
        browser.close()


@pytest.fixture
def tabs(chromium: Browser) -> Iterator[BrowserContext]:
    """One browser with nothing remembered; its pages are tabs."""
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    context.set_default_timeout(8000)
    yield context
    context.close()


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def house() -> Iterator[str]:
    """The product's own pages, for those that need no database."""
    from django.core.wsgi import get_wsgi_application

    server = make_server("localhost", 0, get_wsgi_application(), _Threads, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def state() -> State:
    """What the server of the bench holds."""
    return State()


@pytest.fixture
def address(state: State) -> Iterator[str]:
    """The bench, served."""
    with serving(state) as url:
        yield url
