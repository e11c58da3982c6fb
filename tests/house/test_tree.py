"""What is in the repository names no machine, no registry and nothing that only one person has."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT

# Written with brackets, so that this file does not name what it looks for.
FORBIDDEN = re.compile(
    r"(?<![\w.-])/(?:[w]ork|[f]arm|[r]oot|[t]mp/brief)/"
    r"|\.[l]ibrary\b"
    r"|[i]ndex-url|[f]ind-links"
    r"|files\.[p]ythonhosted|[p]ypi\.org|registry\.[n]pmjs"
    r'|"resolved":\s*"http'
)
HOST = re.compile(r"https?:|file:|^\s*-(?:i|f|-index|-extra|-find|-trusted)", re.MULTILINE)
NOT_TEXT = {".woff2", ".png", ".jpg", ".gz", ".ico", ".mo", ".pdf"}


def files() -> Iterator[Path]:
    """Give what is, or would be, committed."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in said.split("\0"):
        path = ROOT / name
        if name and path.is_file() and path.suffix not in NOT_TEXT:
            yield path


def test_no_file_names_a_machine_or_a_registry():
    found = []
    for path in files():
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if FORBIDDEN.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []


@pytest.mark.parametrize(
    "bad",
    [
        "see /" + "work/main",
        "cd /" + "root/x",
        "--index" + "-url=x",
        "py" + "pi.org/simple",
    ],
)
def test_a_planted_path_is_found(bad: str):
    assert FORBIDDEN.search(bad)


@pytest.mark.parametrize("good", ["docs/framework/x", "a homework/ folder", "the network/host"])
def test_a_likeness_is_left_alone(good: str):
    assert not FORBIDDEN.search(good)


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("requirements/*.txt")), ids=lambda path: path.stem
)
def test_requirements_are_pinned_by_hash_and_name_no_host(path: Path):
    text = path.read_text()
    assert not HOST.search(text)
    whole = text.replace("\\\n", " ")
    pins = [
        line for line in whole.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    assert pins
    assert [line for line in pins if "==" not in line or "--hash=sha256:" not in line] == []


def test_a_planted_host_is_found():
    assert HOST.search("--index" + "-url https://x\n")
    assert HOST.search("-i somewhere\n")
    assert HOST.search("x @ file:///y\n")
    assert not HOST.search(
        "django==5.2 \\\n    --hash=sha256:00\n    # via -r requirements/base.in\n"
    )


def test_what_is_asked_for_is_pinned():
    """Each name of an `.in` file is in the `.txt` beside it, else the two have drifted apart."""
    for asked in ROOT.glob("requirements/*.in"):
        pinned = asked.with_suffix(".txt").read_text().lower()
        for line in asked.read_text().splitlines():
            name = re.match(r"[A-Za-z0-9_.-]+", line)
            if name and not line.startswith("-"):
                assert f"\n{name[0].lower()}==" in f"\n{pinned}", f"{name[0]} of {asked.name}"


LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def lost_links(path: Path) -> list[str]:
    return [link for link in LINK.findall(path.read_text()) if not (path.parent / link).exists()]


def test_every_link_between_our_pages_leads_somewhere():
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    lost = {str(page.relative_to(ROOT)): lost_links(page) for page in pages if lost_links(page)}
    assert lost == {}


def test_a_planted_dead_link_is_found(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text("[a](page.md#x) [b](gone.md) [c](https://example.org/x) [d](#here)")
    assert lost_links(page) == ["gone.md"]
