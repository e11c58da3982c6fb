"""Two ways to know a neighbour that the import linter cannot see."""

import ast
import re
from collections.abc import Iterator

from tests.house.tree import dotted

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
NAMED = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")


def relations(tree: ast.AST) -> Iterator[str]:
    """Yield the package of each model that a relation names by a string."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or dotted(node.func).rpartition(".")[2] not in RELATIONS:
            continue
        named = [word.value for word in node.keywords if word.arg in ("to", "through")]
        for value in [*node.args[:1], *named]:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                package, _, model = value.value.rpartition(".")
                if package and model:
                    yield package
            elif dotted(value) == "settings.AUTH_USER_MODEL":
                yield "people"


def pieces(template: str) -> Iterator[str]:
    """Yield the folder of each template that another includes or extends by name."""
    for name in NAMED.findall(template):
        folder, _, rest = name.partition("/")
        if rest:
            # A piece of the same file is asked for by "part/page.html#piece".
            yield folder
