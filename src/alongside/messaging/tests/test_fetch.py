"""No spelling of an address leads back inside; a listener on this machine counts who came."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from alongside.messaging import fetch as fetching
from alongside.messaging.fetch import NoAnswer, Refused, fetch


class Listener:
    """Counts every connection to this machine, by IPv4 and by IPv6."""

    def __init__(self) -> None:
        self.hits = 0
        self.port = 0
        self.sockets = []
        for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            with suppress(OSError):
                held = socket.socket(family)
                held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                held.bind((host, self.port))
                held.listen(64)
                self.port = held.getsockname()[1]
                self.sockets.append(held)
                threading.Thread(target=self.count, args=(held,), daemon=True).start()

    def count(self, held: socket.socket) -> None:
        with suppress(OSError):
            while True:
                came, _ = held.accept()
                self.hits += 1
                came.close()


@pytest.fixture
def listener(monkeypatch) -> Iterator[Listener]:
    there = Listener()
    # The port is let through, so that it is the address that is judged.
    monkeypatch.setattr(fetching, "PORTS", frozenset({443, there.port}))
    yield there
    for held in there.sockets:
        held.close()


@pytest.fixture
def names(monkeypatch) -> SimpleNamespace:
    """A resolver of an attacker's own: names that lead inside, and one that changes its mind."""
    asked = SimpleNamespace(times=0)
    real = socket.getaddrinfo
    inside = {
        "inside.example": "127.0.0.1",
        "inside6.example": "::1",
        "mapped.example": "::ffff:127.0.0.1",
        "nat64.example": "64:ff9b::7f00:1",
        "metadata.example": "169.254.169.254",
        "lan.example": "192.168.1.1",
    }

    def answers(host, port, *args, **more):
        name = host.decode() if isinstance(host, bytes) else str(host)
        bare = name.rstrip(".").lower()
        if bare == "rebinding.example":
            asked.times += 1
            there = ["198.51.99.7"] if asked.times == 1 else ["127.0.0.1"]
        elif bare == "two.example":
            there = ["198.51.99.7", "127.0.0.1"]
        elif bare in inside:
            there = [inside[bare]]
        elif bare.endswith(".example"):
            raise socket.gaierror("nobody")
        else:
            return real(host, port, *args, **more)
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "",
             (one, port))
            for one in there
        ]  # fmt: skip

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    return asked


# `{p}` is the listener's port.
SPELLINGS = [
    "https://127.0.0.1:{p}/",
    "https://127.1:{p}/",
    "https://127.0.1:{p}/",
    "https://2130706433:{p}/",
    "https://0x7f000001:{p}/",
    "https://0x7f.0.0.1:{p}/",
    "https://0177.0.0.1:{p}/",
    "https://017700000001:{p}/",
    "https://127.000.000.001:{p}/",
    "https://127.255.255.254:{p}/",
    "https://0.0.0.0:{p}/",
    "https://0:{p}/",
    "https://localhost:{p}/",
    "https://LOCALHOST:{p}/",
    "https://localhost.:{p}/",
    "https://[::1]:{p}/",
    "https://[0:0:0:0:0:0:0:1]:{p}/",
    "https://[::]:{p}/",
    "https://[::ffff:127.0.0.1]:{p}/",
    "https://[::ffff:7f00:1]:{p}/",
    "https://[::127.0.0.1]:{p}/",
    "https://[64:ff9b::7f00:1]:{p}/",
    "https://[64:ff9b::127.0.0.1]:{p}/",
    "https://[2002:7f00:1::]:{p}/",
    "https://[fe80::1%25lo]:{p}/",
    "https://①②⑦.⓪.⓪.①:{p}/",
    "https://127。0。0。1:{p}/",
    "https://x@127.0.0.1:{p}/",
    "https://fine.example:443@127.0.0.1:{p}/",
    "https://127.0.0.1:{p}\\@fine.example/",
    "https://fine.example\\@127.0.0.1:{p}/",
    "https://127.0.0.1:{p}#@fine.example/",
    "https://%31%32%37.0.0.1:{p}/",
    "https://inside.example:{p}/",
    "https://INSIDE.example.:{p}/",
    "https://inside6.example:{p}/",
    "https://mapped.example:{p}/",
    "https://nat64.example:{p}/",
    "https://two.example:{p}/",
    "https://rebinding.example:{p}/",
    "https://metadata.example/latest/meta-data/",
    "https://169.254.169.254/latest/meta-data/",
    "https://lan.example/",
    "https://10.0.0.1/",
    "http://127.0.0.1:{p}/",
    "http://inside.example:{p}/",
    "HTTP://127.0.0.1:{p}/",
    "ftp://127.0.0.1:{p}/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{p}/_x",
    "//127.0.0.1:{p}/",
    "https:127.0.0.1:{p}/",
    " https://127.0.0.1:{p}/",
    "https://127.0.0.1\t:{p}/",
]


def tried(url: str, *, redirects: int = 0) -> str:
    """Ask, and say how it ended: what is let through fails at TLS, for the listener has none."""
    try:
        fetch("GET", url, timeout=0.3, redirects=redirects)
    except (Refused, NoAnswer) as no:
        return type(no).__name__
    return "answered"


def test_none_of_the_spellings_reaches_the_listener(listener, names, monkeypatch):
    dialled: list[str] = []
    real = socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection",
        lambda address, *rest: dialled.append(address[0]) or _nobody(address, real, *rest),
    )  # fmt: skip
    ends = {url: tried(url.format(p=listener.port)) for url in SPELLINGS}
    time.sleep(0.05)
    assert listener.hits == 0
    assert "answered" not in ends.values()
    assert len(SPELLINGS) >= 40
    # The one that changed its mind was asked for once; what was found first is what was dialled.
    assert names.times == 1
    assert set(dialled) == {"198.51.99.7"}


def _nobody(address, real, *rest):
    """Dial inside for real; outside there is nobody."""
    if address[0] == "198.51.99.7":
        raise ConnectionRefusedError("nobody there")
    return real(address, *rest)


def test_with_the_judge_asleep_they_do_reach_it(listener, names, monkeypatch):
    """The control: without the rule, the listener counts."""
    monkeypatch.setattr(fetching, "is_public", lambda _: True)
    for url in SPELLINGS[:21]:
        tried(url.format(p=listener.port))
    time.sleep(0.05)
    assert listener.hits >= 12


@pytest.fixture
def first_hop(settings) -> Iterator[SimpleNamespace]:
    """A service that may be asked, and sends whoever asks elsewhere."""
    there = SimpleNamespace(to="", asked=[])

    class Sending(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there.asked.append((self.path, dict(self.headers)))
            self.send_response(302 if self.path == "/" else 200)
            self.send_header("Location", there.to)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Sending)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    there.url = f"http://127.0.0.1:{server.server_port}"
    settings.FETCH_LOCAL = [there.url]
    yield there
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("spelling", SPELLINGS[:42])
def test_a_redirect_is_judged_anew(listener, names, first_hop, spelling, monkeypatch):
    monkeypatch.setattr(fetching, "_Pinned", _Nowhere)
    first_hop.to = spelling.format(p=listener.port)
    tried(f"{first_hop.url}/", redirects=3)
    assert len(first_hop.asked) >= 1
    assert listener.hits == 0


class _Nowhere(http.client.HTTPSConnection):
    """Dials what may not be dialled, and nothing else: a public address is not for a test."""

    def __init__(self, host, port, address, *, timeout):
        super().__init__(host, port, timeout=timeout)
        self._address = address

    def connect(self) -> None:
        if fetching.is_public(self._address):
            raise ConnectionRefusedError
        socket.create_connection((self._address, self.port), self.timeout).close()


def test_a_redirect_is_followed_where_that_is_asked_for(first_hop):
    first_hop.to = f"{first_hop.url}/there"
    assert fetch("GET", f"{first_hop.url}/").status == 302
    assert fetch("GET", f"{first_hop.url}/", redirects=1).status == 200
    assert fetch("POST", f"{first_hop.url}/", redirects=1).status == 302


def test_a_secret_does_not_go_along_to_another_host(first_hop, settings):
    port = first_hop.url.rpartition(":")[2]
    other = f"http://127.0.0.1:0{port}"
    settings.FETCH_LOCAL = [first_hop.url, other]
    first_hop.to = f"{other}/there"
    fetch("GET", f"{first_hop.url}/", headers={"Authorization": "key", "Accept": "x"}, redirects=1)
    (_, here), (_, there) = first_hop.asked
    assert here["Authorization"] == "key"
    assert there["Accept"] == "x"
    assert "Authorization" not in there


def test_a_local_service_must_be_named_letter_for_letter(first_hop, settings):
    port = first_hop.url.rpartition(":")[2]
    for url in (f"http://localhost:{port}/", f"http://127.1:{port}/", f"http://x@127.0.0.1:{port}"):
        assert tried(url) == "Refused"
    settings.FETCH_LOCAL = []
    assert tried(first_hop.url) == "Refused"
    # Only this machine can be named so: not a neighbour, who could be anybody.
    settings.FETCH_LOCAL = ["http://192.168.1.1:80", "http://inside.example:80"]
    assert tried("http://192.168.1.1:80/") == "Refused"
    assert tried("http://inside.example:80/") == "Refused"


@pytest.mark.parametrize("port", [22, 25, 80, 5432, 6379, 65536, 0])
def test_other_ports_are_refused(port):
    assert tried(f"https://fine.example:{port}/") == "Refused"


def test_who_drips_is_cut_off(settings, monkeypatch):
    monkeypatch.setattr(fetching, "DEADLINE", 0.3)
    held = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{held.getsockname()[1]}"
    settings.FETCH_LOCAL = [url]

    def drip() -> None:
        came, _ = held.accept()
        with suppress(OSError):
            came.sendall(b"HTTP/1.1 200 OK\r\n")
            for _ in range(50):
                came.sendall(b"X-A: b\r\n")
                time.sleep(0.05)

    threading.Thread(target=drip, daemon=True).start()
    begun = time.monotonic()
    assert tried(url) == "NoAnswer"
    assert time.monotonic() - begun < 2
    held.close()


def test_nothing_is_asked_by_default(settings):
    assert settings.FETCH_LOCAL == []
    assert settings.SMS_PROVIDER == ""
