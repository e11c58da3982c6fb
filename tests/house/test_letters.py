"""A letter carries a first name, the time, a neutral sender and a link: every letter there is."""

import ast

import pytest

from alongside.clinics.models import Network
from alongside.messaging.actions import queue
from alongside.messaging.models import Why
from alongside.visits.messages import booking
from tests.house import letters
from tests.house.canaries import Seeds, sow
from tests.house.tree import modules, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]
LANGUAGES = ("en", "fr")
WAYS = ("email", "sms")


@pytest.fixture
def sown(db, settings):
    """A clinic with a word of its own in every text field of every model."""
    settings.EMAIL_IS_SET = True
    settings.DEFAULT_FROM_EMAIL = "post@clinic.example"
    clinic = sow("h", Network.objects.create(name="Two Streets"), Seeds())
    with clinic.inside():
        yield clinic


def carried(sown, message) -> set[str]:
    """Name the fields whose words leave the house with a message."""
    leaving = b"\n".join(letters.every_byte(message))
    return {str(planted) for planted in sown.seeds.found_in(leaving)} - {letters.ADDRESSED_TO}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", WAYS)
@pytest.mark.parametrize("name", sorted(letters.WRITTEN))
def test_a_letter_carries_nothing_else(sown, name, by, language):
    (message,) = letters.write(name, sown, language=language, by=by)
    by = "email" if name in letters.ONLY_BY_EMAIL else by
    assert (message.channel, message.language) == (by, language)
    assert message.last_error == ""
    found = carried(sown, message)
    assert found - letters.MAY_CARRY == set()
    # The eyes are open: who is written to stands in it.
    assert "Client.called" in found
    if by == "email":
        assert letters.headers(message) <= letters.HEADERS


def test_every_letter_in_the_code_is_written_here():
    assert letters.templates_in_code() == set(letters.WRITTEN), (
        "say in tests/house/letters.py how a new letter is written"
    )


FIELDS = {
    "profession": Why.SAYS_CARE,
    "about": Why.SAYS_CARE,
}


@pytest.fixture
def talkative(monkeypatch):
    """Letters that name whom one meets, and what that person is good at."""

    def _talk(field):
        plain = booking._named

        def _named(visit, link):
            said = plain(visit, link)
            return {**said, "name": f"{said['name']} ({getattr(visit.therapist, field)})"}

        monkeypatch.setattr(booking, "_named", _named)

    return _talk


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("name", ["booked", "booked_series", "reminder", "moved", "cancelled"])
def test_a_letter_with_the_therapists_specialty_is_held_back(sown, talkative, name, field):
    talkative(field)
    (message,) = letters.write(name, sown, language="fr", by="email")
    assert message.failed_at
    assert message.last_error == FIELDS[field]


@pytest.mark.parametrize("field", FIELDS)
def test_with_the_guard_asleep_this_test_finds_it(sown, talkative, monkeypatch, field):
    """The control: the canaries see what the guard no longer stops."""
    monkeypatch.setattr(queue, "says_too_much", lambda *_, **__: None)
    talkative(field)
    (message,) = letters.write("booked", sown, language="en", by="email")
    assert f"Staff.{field}" in carried(sown, message)


# --- and nothing leaves by another way ---

# Who makes a message, and who hands one to the mail server.
MAKES = {"src/alongside/messaging/actions/queue.py"}
SENDS = {"src/alongside/messaging/channels/email.py"}


def makers(tree: ast.AST) -> bool:
    """Tell whether a module makes messages."""
    return any(
        isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith("Message.objects.")
        and ast.unparse(node.func).rpartition(".")[2] in ("create", "get_or_create", "bulk_create")
        for node in ast.walk(tree)
    )


def senders(tree: ast.AST) -> bool:
    """Tell whether a module can hand something to a mail server."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        if any(name.startswith(("django.core.mail", "email.mime")) for name in names):
            return True
    return False


def test_every_letter_goes_past_the_guard():
    trees = {place(path): ast.parse(path.read_text()) for path in modules()}
    assert {where for where, tree in trees.items() if makers(tree)} == MAKES
    assert {where for where, tree in trees.items() if senders(tree)} == SENDS


def test_a_planted_way_round_is_found():
    assert makers(ast.parse("Message.objects.create(body=x)"))
    assert senders(ast.parse("from django.core.mail import send_mail"))
    assert senders(ast.parse("import django.core.mail"))
    assert not senders(ast.parse("from email.utils import parseaddr"))
    assert not makers(ast.parse("Message.objects.filter(x=1)"))
