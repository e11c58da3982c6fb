"""`alongside docs`: write the reference pages from the code, or tell whether they are old."""

import argparse
from importlib import import_module
from pathlib import Path

from alongside.site.commands import _folder

PAGES = ("commands", "moments", "parts", "permissions", "settings")
REFERENCE = Path(__file__).resolve().parents[4] / "docs" / "reference"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the pages are, and whether to write them."""
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if a page is old")
    parser.add_argument(
        "--into", type=Path, default=REFERENCE, metavar="DIR", help="another folder"
    )


def run(args: argparse.Namespace) -> int:
    """Write each page, or say which one is no longer what the code says."""
    _folder.start_django()
    folder: Path = args.into
    written = pages()
    if args.check:
        old = [name for name, text in written.items() if _there(folder / name) != text]
        print(f"Old: {', '.join(old)}; `make docs` writes them." if old else "Up to date.")
        return 1 if old else 0
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        (folder / name).write_text(text)
    return 0


def pages() -> dict[str, str]:
    """Return the name and the text of each page, in English. Needs the apps to be loaded."""
    from django.utils import translation

    with translation.override("en"):
        return {
            f"{name}.md": import_module(f"alongside.site.reference.{name}").write()
            for name in PAGES
        }


def _there(path: Path) -> str:
    return path.read_text() if path.exists() else ""
