"""The product's files, and small readers of their syntax trees."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "alongside"


def modules(*, of: Path = SRC) -> Iterator[Path]:
    """Give the product's own Python: no tests, no migrations."""
    for path in sorted(of.rglob("*.py")):
        inside = path.relative_to(of).parts
        if "tests" not in inside and "migrations" not in inside and path.name != "conftest.py":
            yield path


def templates() -> Iterator[Path]:
    """Give every template."""
    yield from sorted(path for path in SRC.glob("*/templates/**/*") if path.is_file())


def place(path: Path) -> str:
    """Name a file as a person would: from the top of the repository."""
    return str(path.relative_to(ROOT))


def part_of(path: Path) -> str:
    """Name the package that a file of `src` belongs to."""
    return path.relative_to(SRC).parts[0]


def dotted(node: ast.expr) -> str:
    """Write `a.b.c` for a chain of attributes; calls within the chain are skipped over."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return "?"
