"""Who writes, who reads the clock, who reads the environment: found in syntax trees."""

import ast
import re
from collections.abc import Iterator

from tests.house.tree import dotted

# Names that mean a write to the database whatever they are called on.
ALWAYS = {
    "save", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "asave", "acreate", "aupdate", "adelete", "abulk_create", "aget_or_create",
}  # fmt: skip
# Names of our own that write (clinics/prepared_writes.py), wherever they are used.
OUR_WRITES = {"insert", "prepared_change", "PreparedChange"}
WRITING_SQL = re.compile(r"\s*(insert|update|delete|replace|truncate)\b", re.IGNORECASE)
CLOCKS = {"timezone", "datetime", "clock", "dt", "date"}
READS_CLOCK = {"now", "today", "utcnow"}
ALWAYS_CLOCK = {"time.time", "time.time_ns", "timezone.localdate"}


def writes(tree: ast.AST) -> Iterator[str]:
    """Yield each write to the database."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_write(node):
            yield f"line {node.lineno}: {dotted(node.func)}"
        elif isinstance(node, ast.Name) and node.id in OUR_WRITES:
            yield f"line {node.lineno}: {node.id}"


def _is_write(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    name, on = call.func.attr, dotted(call.func.value)
    if on == "super()":
        return False
    if name in ALWAYS:
        return True
    if name == "create":
        return "objects" in on or not call.args
    if name in ("update", "delete"):
        # A dictionary's or a digest's `update` takes a value; a query's takes only names.
        return not call.args and (name == "delete" or bool(call.keywords))
    first = call.args[0] if call.args else None
    is_sql = isinstance(first, ast.Constant) and isinstance(first.value, str)
    return name in ("execute", "executemany") and is_sql and bool(WRITING_SQL.match(first.value))


def environment_reads(tree: ast.AST) -> Iterator[str]:
    """Yield each look at the environment; setting something for who comes later is no look."""
    set_here = {id(node) for node in _environment_set(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in set_here:
            name = dotted(node)
            if name in ("os.environ", "os.getenv", "os.environb", "environ.Env"):
                yield f"line {node.lineno}: {name}"
        if isinstance(node, ast.ImportFrom) and node.module in ("os", "environ"):
            for alias in node.names:
                if alias.name in ("environ", "getenv", "Env", "FileAwareEnv"):
                    yield f"line {node.lineno}: {alias.name}"


def _environment_set(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield each `os.environ` that is only written to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield node.value
        # As a statement of its own: what such a call returns is thrown away.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = node.value.func
            if isinstance(call, ast.Attribute) and call.attr in ("setdefault", "pop", "update"):
                yield call.value


def clock_reads(tree: ast.AST) -> Iterator[str]:
    """Yield each look at the clock, also one that is only named (`default=timezone.now`)."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        name = dotted(node)
        on, _, verb = name.rpartition(".")
        if (verb in READS_CLOCK and on.rpartition(".")[2] in CLOCKS) or name in (
            "time.time",
            "time.time_ns",
            "timezone.localdate",
        ):
            yield f"line {node.lineno}: {name}"


def disk_reads(tree: ast.AST) -> Iterator[str]:
    """Yield each look at the disk."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "open":
            yield f"line {node.lineno}: open"
        if isinstance(node.func, ast.Attribute) and node.func.attr in (
            "read_text", "read_bytes", "write_text", "write_bytes", "exists", "loadtxt", "fromfile",
        ):  # fmt: skip
            yield f"line {node.lineno}: {dotted(node.func)}"
