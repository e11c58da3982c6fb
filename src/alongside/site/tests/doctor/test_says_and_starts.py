"""What the doctor says, how it ends, and what no server starts with."""

import pytest
from django.core.checks import CheckMessage

from alongside.people.actions.add_user import add_user
from alongside.site.commands import _folder
from alongside.site.commands import doctor as command
from alongside.site.doctor import look, start


def a(level: int, id_: str) -> CheckMessage:
    return CheckMessage(level, f"{id_} is so", hint="do this", id=id_)


@pytest.mark.parametrize(
    ("found", "status", "says"),
    [
        ([], 0, "All is well."),
        (
            [a(30, "alongside.W015")],
            1,
            "Doubtful: alongside.W015 is so [alongside.W015]\n    do this",
        ),
        ([a(40, "alongside.E001"), a(30, "alongside.W015")], 2, "1 wrong, 1 doubtful."),
    ],
)
def test_the_doctor_says_it_and_ends_as_bad_as_it_is(
    monkeypatch, capsys, tmp_path, found, status, says
):
    from argparse import Namespace

    monkeypatch.setattr(look, "everything", lambda _: found)
    monkeypatch.setattr(_folder, "look_at", lambda _: None)
    assert command.run(Namespace(data=tmp_path, json=False)) == status
    assert says in capsys.readouterr().out
    assert command.run(Namespace(data=tmp_path, json=True)) == status
    assert f'"wrong": {sum(one.level == 40 for one in found)}' in capsys.readouterr().out


@pytest.mark.django_db
def test_no_server_starts_with_the_demos_people(settings, capsys):
    assert start.why_not() == ""
    add_user("charlie@demo.invalid", name="Charlie")
    assert start.why_not() == start.DEMO_PEOPLE
    assert _folder.refuse() == 1
    assert "does not start" in capsys.readouterr().err
    settings.DEMO = True
    assert _folder.refuse() == 0


@pytest.mark.django_db
def test_no_server_shows_errors_beside_real_people(settings, dee):
    assert start.why_not() == ""
    settings.DEBUG = True
    assert start.why_not() == start.DEBUG_WITH_PEOPLE


@pytest.mark.django_db
def test_errors_may_be_shown_while_nobody_is_there(settings):
    settings.DEBUG = True
    assert start.why_not() == ""
