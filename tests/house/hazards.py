"""What our own code must never do, each as a rule over a syntax tree, by the name of its hazard.

Each rule has two planted files in `planted/`: one in which it must find something on every line
that says `# found`, and one that it must leave alone.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.house.tree import dotted

Found = Iterator[tuple[int, str]]

NETWORK = (
    "urllib.request", "urllib3", "http.client", "requests", "httpx", "aiohttp", "ftplib",
    "socket.create_connection",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """A rule: how to find it, why it is one, and where it is allowed, each with its reason."""

    find: Callable[[ast.AST], Found]
    why: str
    allowed: dict[str, str] = field(default_factory=dict)


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield each name that is imported, in full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Yield each call and what is called, in dots."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func)


def opens_the_network(tree: ast.AST) -> Found:
    """Find whatever could open an address outside the one safe client."""
    for line, name in imported(tree):
        if any(f"{name}.".startswith(f"{known}.") for known in NETWORK):
            yield line, name
    for call, name in calls(tree):
        on, _, verb = name.rpartition(".")
        dials = verb == "connect" and on.endswith(("sock", "socket"))
        if dials or verb in ("create_connection", "urlopen", "open_connection"):
            yield call.lineno, name


def writes_csv(tree: ast.AST) -> Found:
    """Find a table that leaves the house by another way than the one whose cells are safe."""
    for call, name in calls(tree):
        if name in ("csv.writer", "csv.DictWriter", "writer", "DictWriter"):
            yield call.lineno, name
        for word in call.keywords:
            said = word.value.value if isinstance(word.value, ast.Constant) else ""
            if word.arg == "content_type" and str(said).startswith("text/csv"):
                yield call.lineno, "text/csv"


HAZARDS = {
    "opens-the-network": Hazard(
        find=opens_the_network,
        why="Only messaging/fetch.py judges where an address leads before it is opened.",
        allowed={"src/alongside/messaging/fetch.py": "the one safe client"},
    ),
    "writes-csv": Hazard(
        find=writes_csv,
        why="A cell may start a formula: rules/cells.py and ui/tables.py see to it.",
        allowed={
            "src/alongside/rules/cells.py": "the one writer",
            "src/alongside/ui/tables.py": "gives what the writer wrote",
            "src/alongside/visits/views/importing.py": "an example of ours, the same for everybody",
        },
    ),
}
