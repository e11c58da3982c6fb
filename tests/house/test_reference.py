"""Every part, permission, setting, command and moment is named in docs/reference."""

from pathlib import Path

import pytest

from alongside.access.policy import POLICY
from alongside.parts import registry
from alongside.site.cli import COMMANDS, main
from alongside.site.commands import docs
from alongside.site.reference import settings
from alongside.site.reference.moments import moments
from tests.house.tree import ROOT

REFERENCE = ROOT / "docs" / "reference"


@pytest.mark.parametrize("name", docs.PAGES)
def test_a_page_says_what_the_code_says(name: str):
    assert (REFERENCE / f"{name}.md").read_text() == docs.pages()[f"{name}.md"], (
        "run `make docs` and commit what it wrote"
    )


def test_everything_that_has_a_name_is_named():
    named = {
        "parts": [part.name for part in registry.every()],
        "permissions": list(POLICY),
        "settings": [setting.name for setting in settings.settings()],
        "commands": list(COMMANDS),
        "moments": [kind.__name__ for kind in moments()],
    }
    pages = docs.pages()
    lost = [
        f"{name} in {page}"
        for page, names in named.items()
        for name in names
        if name not in pages[f"{page}.md"]
    ]
    assert lost == []
    assert all(named.values())


def test_every_setting_has_a_sentence_and_no_sentence_is_left_over():
    assert {setting.name for setting in settings.settings()} == set(settings.ABOUT)


def test_an_old_page_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["docs", "--into", str(tmp_path)]) == 0
    assert main(["docs", "--check", "--into", str(tmp_path)]) == 0
    (tmp_path / "settings.md").write_text("as it was last year")
    assert main(["docs", "--check", "--into", str(tmp_path)]) == 1
    assert "settings.md" in capsys.readouterr().out
