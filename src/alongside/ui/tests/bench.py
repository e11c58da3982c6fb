"""A page and a stream of nothing but our modules: what they do is tested without the product."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static" / "ui"
CONFIG = (
    '{"noSwap":[204,304,"4xx","5xx"],"includeIndicatorCSS":false,'
    '"mode":"same-origin","defaultTimeout":20000}'
)
HEAD = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title>
<meta name="htmx-config" content='{CONFIG}'><link rel="icon" href="data:,">"""


@dataclass
class State:
    """What the server of the bench holds: a count, what it was sent, what works."""

    count: int = 0
    stream_works: bool = True
    pages_work: bool = True
    slow: float = 0.0
    streams: int = 0
    asked: int = 0
    posts: list[str] = field(default_factory=list)
    extra: str = ""
    scripts: tuple[str, ...] = ("live.js",)
    body: str = ""
    changed: threading.Condition = field(default_factory=threading.Condition)

    def change(self) -> None:
        """Something happened: the count goes up and every stream says so."""
        with self.changed:
            self.count += 1
            self.changed.notify_all()

    def break_stream(self) -> None:
        """Let no stream live, nor open."""
        with self.changed:
            self.stream_works = False
            self.changed.notify_all()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: State

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/live/":
            self._stream()
        elif path.startswith("/static/"):
            name = path.removeprefix("/static/")
            kind = "text/javascript" if name.endswith(".js") else "text/css"
            self._answer((STATIC / name).read_text(), kind)
        elif path == "/piece/":
            self._piece()
        else:
            scripts = "".join(
                f'<script type="module" src="/static/{name}"></script>'
                for name in self.state.scripts
            )
            htmx = '<script defer src="/static/htmx.min.js"></script>'
            self._answer(f"{HEAD}{self.state.body}{htmx}{scripts}", "text/html; charset=utf-8")

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if not self.state.pages_work:
            self._answer("", "text/plain", status=503)
            return
        self.state.posts.append(sent)
        self.send_response(303)
        self.send_header("Location", "/done/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _piece(self) -> None:
        count = self.state.count
        self.state.asked += 1
        time.sleep(self.state.slow)
        if not self.state.pages_work:
            self._answer("", "text/plain", status=503)
            return
        self._answer(piece(count, self.state.extra), "text/html")

    def _answer(self, text: str, kind: str, status: int = 200) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        state = self.state
        if not state.stream_works:
            self._answer("", "text/plain", status=503)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        state.streams += 1
        try:
            told = -1
            while state.stream_works:
                with state.changed:
                    if told == state.count:
                        state.changed.wait(timeout=0.5)
                    now = state.count
                line = (
                    f"event: change\ndata: {json.dumps({'n': now})}\n\n" if now != told else ":\n\n"
                )
                told = now
                self.wfile.write(line.encode())
                self.wfile.flush()
        except OSError:
            pass
        finally:
            state.streams -= 1
            self.close_connection = True


def piece(count: int, extra: str = "") -> str:
    """Give the live piece of the page."""
    return (
        '<section id="piece" hx-get="/piece/" hx-trigger="live from:body" hx-target="this" '
        f'hx-swap="outerMorph"><b id="count">{count}</b>{extra}</section>'
    )


@contextmanager
def serving(state: State) -> Iterator[str]:
    """Serve the bench on a free port, and stop."""
    handler = type("Handler", (_Handler,), {"state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    # A browser that hangs up in the middle is what is tested, not news.
    server.handle_error = lambda *_: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        state.break_stream()
        server.shutdown()
        server.server_close()
