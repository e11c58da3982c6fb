"""`alongside translations extract | check | compile`, for developers and translators."""

import argparse
from pathlib import Path

from alongside.site.translations.catalogue import compile_one, merge, read, write

SRC = Path(__file__).resolve().parents[2]
LOCALE = SRC.parents[1] / "locale"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and on which folder of catalogues."""
    parser.add_argument("what", choices=["extract", "check", "compile"])
    parser.add_argument("--locale", type=Path, default=LOCALE, help="the folder of catalogues")


def run(args: argparse.Namespace) -> int:
    """Bring the catalogues in step with the sentences, say what is wrong with them, or compile."""
    catalogues = sorted(args.locale.glob("*/LC_MESSAGES/django.po"))
    if not catalogues:
        catalogues = [args.locale / "fr" / "LC_MESSAGES" / "django.po"]
    work = {"extract": extract, "check": check, "compile": compiled}[args.what]
    return max(work(path) for path in catalogues)


def extract(path: Path) -> int:
    """Add what is new and drop what is gone; keep every translation that still fits."""
    from alongside.site.translations.sentences import in_folder

    before = read(path)
    after = merge(before, in_folder(SRC), path.parents[1].name)
    write(after, path)
    left = len(after.untranslated_entries()) + len(after.fuzzy_entries())
    print(f"{path.parents[1].name}: {len(after)} sentences, {left} to translate")
    return 0


def check(path: Path) -> int:
    """Print each fault of a catalogue; 1 if there is one."""
    from alongside.site.translations.faults import faults
    from alongside.site.translations.sentences import in_folder

    found = faults(read(path), in_folder(SRC))
    for line in found:
        print(f"{path.parents[1].name}: {line}")
    return 1 if found else 0


def compiled(path: Path) -> int:
    """Write the form that the pages read."""
    compile_one(path)
    return 0
