"""What our own code must never do, each as a rule over a syntax tree, by the name of its hazard.

Each rule has two planted files in `planted/`: one in which it must find something on every line
that says `# found`, and one that it must leave alone.
"""

import ast
import re
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


def unscoped(tree: ast.AST) -> Found:
    """Find a way round the managers that narrow every query to one clinic."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("_base_manager", "_default_manager"):
            yield node.lineno, node.attr
    for call, name in calls(tree):
        if name in ("models.Manager", "Manager"):
            yield call.lineno, name
        first = call.args[0] if call.args else None
        if name.endswith("across_clinics"):
            has_reason = isinstance(first, ast.Constant) and len(str(first.value).split()) > 3
            if not has_reason and not (isinstance(first, ast.Name) and first.id == "WHY"):
                yield call.lineno, "across_clinics without a reason"


def _of_request(node: ast.AST) -> bool:
    """Whether a piece of code holds what somebody sent."""
    return any(
        isinstance(one, ast.Attribute)
        and one.attr in ("GET", "POST", "FILES", "COOKIES", "headers", "META", "body")
        and dotted(one.value).rpartition(".")[2] == "request"
        for one in ast.walk(node)
    )


def request_into_queries(tree: ast.AST) -> Found:
    """Find a query whose fields, and not only values, somebody else chooses."""
    for call, name in calls(tree):
        verb = name.rpartition(".")[2]
        if verb in ("filter", "exclude", "get", "update", "create", "order_by", "values", "only"):
            spread = [word.value for word in call.keywords if word.arg is None]
            spread += [one.value for one in call.args if isinstance(one, ast.Starred)]
            named = call.args if verb in ("order_by", "values", "only") else []
            if any(_of_request(one) for one in [*spread, *named]):
                yield call.lineno, name


def csrf_exempt(tree: ast.AST) -> Found:
    """Find a page that takes a form from anywhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "csrf_exempt":
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and node.attr == "csrf_exempt":
            yield node.lineno, node.attr


def marks_safe(tree: ast.AST) -> Found:
    """Find text that is declared to be HTML."""
    for call, name in calls(tree):
        if name.rpartition(".")[2] in ("mark_safe", "SafeString", "SafeText", "html_safe"):
            yield call.lineno, name


def raw_sql(tree: ast.AST) -> Found:
    """Find SQL that is put together from pieces."""
    for call, name in calls(tree):
        verb = name.rpartition(".")[2]
        if verb in ("raw", "extra", "RawSQL"):
            yield call.lineno, name
        if verb in ("execute", "executemany", "executescript") and call.args:
            first = call.args[0]
            pieces = isinstance(first, ast.JoinedStr | ast.BinOp)
            formatted = isinstance(first, ast.Call) and dotted(first.func).endswith(".format")
            if pieces or formatted:
                yield call.lineno, name


def naive_now(tree: ast.AST) -> Found:
    """Find a moment without a zone."""
    for call, name in calls(tree):
        on, _, verb = name.rpartition(".")
        if on.rpartition(".")[2] != "datetime":
            continue
        needs = {"now": 1, "fromtimestamp": 2}.get(verb)
        given = len(call.args) + sum(word.arg in ("tz", "tzinfo") for word in call.keywords)
        if verb in ("utcnow", "today", "utcfromtimestamp") or (needs and given < needs):
            yield call.lineno, name


def local_subtraction(tree: ast.AST) -> Found:
    """Find a length worked out on a wall clock: it is wrong on the nights when clocks change."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
            sides = (node.left, node.right)
            if any(_is_local(side) for side in sides):
                yield node.lineno, ast.unparse(node)


def _is_local(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = dotted(node.func).rpartition(".")[2]
    to = dotted(node.args[0]).rpartition(".")[2] if node.args else ""
    return name in ("localtime", "make_naive") or (
        name == "astimezone" and to not in ("UTC", "utc")
    )


def opens_what_was_sent(tree: ast.AST) -> Found:
    """Find a path that somebody else chooses."""
    for call, name in calls(tree):
        verb = name.rpartition(".")[2]
        is_path = verb in ("open", "Path", "joinpath", "FileResponse") or name.endswith("path.join")
        # What is looked up in a list of ours is ours.
        given = [one for one in call.args if not isinstance(one, ast.Subscript) or _is_sent(one)]
        if is_path and any(_of_request(one) for one in given):
            yield call.lineno, name
        if verb == "open" and any(
            isinstance(one, ast.Attribute) and dotted(one).endswith("file.name")
            for one in call.args
        ):
            yield call.lineno, name


def _is_sent(node: ast.Subscript) -> bool:
    """Whether it is what was sent that is looked into, and not a list of ours."""
    return _of_request(node.value)


SETS = re.compile(r"^\s*SET\s+(?!LOCAL\b|CONSTRAINTS\b|TRANSACTION\b)", re.IGNORECASE)
FOR_GOOD = re.compile(r"set_config\([^)]*,\s*false\s*\)", re.IGNORECASE)


def sets_for_good(tree: ast.AST) -> Found:
    """Find a setting of the database that outlives the transaction, and waits for the next one."""
    for call, name in calls(tree):
        if name.rpartition(".")[2] not in ("execute", "executemany"):
            continue
        for one in ast.walk(call):
            text = one.value if isinstance(one, ast.Constant) else None
            if isinstance(text, str) and (SETS.match(text) or FOR_GOOD.search(text)):
                yield call.lineno, text[:40]


def all_fields(tree: ast.AST) -> Found:
    """Find a form that takes whatever a model has, also what it will have next year."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            for line in node.body:
                if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                    name, value = line.targets[0].id, line.value
                    is_all = isinstance(value, ast.Constant) and value.value == "__all__"
                    if (name == "fields" and is_all) or name == "exclude":
                        yield line.lineno, name


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
    "unscoped": Hazard(
        find=unscoped,
        why="Rows are read through the manager of their clinic; reading across says why.",
        allowed={
            "src/alongside/clinics/prepared.py": "a question that said why when it was written",
            "src/alongside/office/actions/erase.py": "an address signed in belongs to no clinic",
        },
    ),
    "request-into-queries": Hazard(
        find=request_into_queries,
        why="Who chooses a query's fields can ask for what is not theirs.",
    ),
    "csrf-exempt": Hazard(find=csrf_exempt, why="Every form carries its token."),
    "marks-safe": Hazard(
        find=marks_safe,
        why="What people write is text; escaping is the rule.",
        allowed={
            "src/alongside/office/templatetags/office.py": "a piece that a template has drawn",
            "src/alongside/office/views/shown_once.py": "a code that a library has drawn",
            "src/alongside/ui/kept.py": "a piece that a template has drawn",
            "src/alongside/ui/look.py": "a style sheet of ours",
            "src/alongside/ui/templatetags/ui.py": "a piece that a template has drawn",
            "src/alongside/visits/views/qr.py": "a code that a library has drawn",
        },
    ),
    "raw-sql": Hazard(
        find=raw_sql,
        why="Values go in as values, never as pieces of SQL.",
        allowed={
            "src/alongside/clinics/postgresql/admit.py": "names, quoted by the database",
            "src/alongside/clinics/postgresql/walls.py": "names of tables, quoted by the database",
            "src/alongside/live/actions/push.py": "a number of question marks",
            "src/alongside/live/postgres.py": "a name of ours",
            "src/alongside/office/actions/scrub.py": "names of tables, quoted by the database",
            "src/alongside/site/backups/of_sqlite.py": "names of tables out of the database itself",
            "src/alongside/site/doctor/of_database.py": "names of ours",
        },
    ),
    "naive-now": Hazard(find=naive_now, why="A moment without a zone is no moment."),
    "local-subtraction": Hazard(
        find=local_subtraction, why="Lengths are worked out in UTC: a clock may change between."
    ),
    "opens-what-was-sent": Hazard(
        find=opens_what_was_sent, why="Nobody outside chooses a path on this machine."
    ),
    "sets-for-good": Hazard(
        find=sets_for_good, why="A connection is used again: what it was set to must end with us."
    ),
    "all-fields": Hazard(find=all_fields, why="A form names the fields that it may change."),
}
