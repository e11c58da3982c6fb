"""The one way in which this product opens an address on the network that a setting or person named.

A name is resolved once and the connection goes to exactly what was found and judged, so that no
second answer of a resolver can lead elsewhere; the certificate is still that of the name. Only
https, only the ports below, only public addresses; each redirect is judged anew, and a secret does
not go along to another host. Nothing is asked unless somebody configured it.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

from alongside.rules.public_address import is_public

PORTS = frozenset({443, 8443})
LOOPBACK = frozenset({"127.0.0.1", "[::1]"})
MOST_READ = 64 * 1024
# All in all, however slowly the other side drips.
DEADLINE = 30.0
MOVED = frozenset({301, 302, 303, 307, 308})
SECRETS = frozenset({"authorization", "cookie"})


class Refused(Exception):
    """This address is not one that may be asked; nothing was sent."""


class NoAnswer(Exception):
    """Nobody answered, or not to the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; the body is cut after `MOST_READ` bytes."""

    status: int
    body: bytes
    location: str = ""


def fetch(
    method: str,
    url: str,
    *,
    body: str = "",
    headers: Mapping[str, str] | None = None,
    timeout: float = 10.0,
    redirects: int = 0,
) -> Answer:
    """Ask once; a GET follows up to `redirects` redirects. Raises Refused or NoAnswer."""
    sent = dict(headers or {})
    while True:
        answer = _ask(method, url, body=body, headers=sent, timeout=timeout)
        if method != "GET" or answer.status not in MOVED or not answer.location or redirects == 0:
            return answer
        redirects -= 1
        before, url = url, urljoin(url, answer.location)
        if urlsplit(before)[:2] != urlsplit(url)[:2]:
            sent = {name: value for name, value in sent.items() if name.lower() not in SECRETS}


def _ask(method: str, url: str, *, body: str, headers: Mapping[str, str], timeout: float) -> Answer:
    parts = _taken_apart(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _connected(parts, timeout) as connection:
            connection.request(method, path, body=body or None, headers=dict(headers))
            answer = connection.getresponse()
            read = answer.read(MOST_READ)
            return Answer(
                status=answer.status, body=read, location=answer.getheader("Location") or ""
            )
    except (OSError, http.client.HTTPException, ValueError) as lost:
        raise NoAnswer(str(lost)) from lost


def _taken_apart(url: str) -> SplitResult:
    """Read an address, or refuse it: what is unusual in an address is there to mislead."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("This is no address.") from None
    if _answers_here(parts):
        return parts
    if parts.scheme != "https" or not parts.hostname:
        raise Refused("The address must begin with https://.")
    if parts.username is not None or parts.password is not None or "\\" in url:
        raise Refused("The address must hold no name and no password.")
    if port not in (None, *PORTS):
        raise Refused(f"Port {port} is not one that may be asked.")
    return parts


def _answers_here(parts: SplitResult) -> bool:
    """Whether this is, letter for letter, a service on this machine that the settings name."""
    origin = f"{parts.scheme}://{parts.netloc}"
    return origin in settings.FETCH_LOCAL and parts.netloc.rpartition(":")[0] in LOOPBACK


@contextmanager
def _connected(parts: SplitResult, timeout: float) -> Iterator[http.client.HTTPConnection]:
    """Connect to what was judged; end it when the deadline passes, whatever still drips."""
    host = parts.hostname or ""
    connection: http.client.HTTPConnection
    if _answers_here(parts):
        connection = http.client.HTTPConnection(host, parts.port, timeout=timeout)
    else:
        port = parts.port or http.client.HTTPS_PORT
        connection = _Pinned(host, port, resolved(host, port), timeout=timeout)
    connection.connect()
    too_late = threading.Event()
    ending = threading.Timer(DEADLINE, _cut, [connection.sock, too_late])
    ending.daemon = True
    ending.start()
    try:
        yield connection
    finally:
        ending.cancel()
        connection.close()
    if too_late.is_set():
        # What was cut short may look whole: the end of the line reads like the end of the words.
        raise NoAnswer("The answer took too long.")


def _cut(held: socket.socket, too_late: threading.Event) -> None:
    too_late.set()
    with suppress(OSError):
        held.shutdown(socket.SHUT_RDWR)


def resolved(host: str, port: int) -> str:
    """Resolve a name once; of its addresses all must be public. Raises Refused or NoAnswer."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as lost:
        raise NoAnswer(f"No address is known for this name ({lost}).") from None
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise Refused("This name leads to an address that is not public.")
    return addresses[0]


class _Pinned(http.client.HTTPSConnection):
    """A connection to one address, whose certificate must be that of the name."""

    def __init__(self, host: str, port: int, address: str, *, timeout: float) -> None:
        self._safe = ssl.create_default_context()
        super().__init__(host, port, timeout=timeout, context=self._safe)
        self._address = address

    def connect(self) -> None:
        bare = socket.create_connection((self._address, self.port), self.timeout)
        try:
            self.sock = self._safe.wrap_socket(bare, server_hostname=self.host)
        except BaseException:
            bare.close()
            raise
