"""The stack of layers, as pyproject.toml gives it to the import linter."""

import tomllib

from tests.house.tree import ROOT


def stack() -> list[list[str]]:
    """Give the layers from top to bottom, each with the packages that stand side by side in it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["id"] == "layers")
    return [[name.strip(" ()") for name in layer.split("|")] for layer in layers]


def may_know(one: str, other: str, layers: list[list[str]] | None = None) -> bool:
    """Tell whether a package may know another: itself, or one in a layer below its own."""
    rank = {name: place for place, layer in enumerate(layers or stack()) for name in layer}
    return one == other or rank[one] < rank[other]
