"""Every letter there is, written through the actions that write it, and every byte of it."""

import ast
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes

from conftest import NOW
from django.core import mail

from alongside.access.own import pages_of
from alongside.messaging.actions.deliver import deliver_due
from alongside.messaging.models import ChannelName, Message
from alongside.messaging.models import State as Where
from alongside.mine.actions.ask import ask_for_link
from alongside.mine.actions.passkeys import write_to_the_owner
from alongside.people.actors import of_staff
from alongside.visits.actions import letters
from alongside.visits.actions.notify import send_correction
from alongside.visits.actions.offer import carry_out_move
from alongside.visits.actions.swap import send_swapped
from alongside.visits.models import State, Told, Visit
from tests.house.canaries import Sown
from tests.house.tree import modules

# What a letter may carry of all that we know: R. "first name, time, neutral sender, link".
MAY_CARRY = {"Client.first_name", "Client.called", "Clinic.sender_name"}
# Where the letter goes; nobody but the mail server reads more than the reader's own address.
ADDRESSED_TO = "Client.email"
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language",
    "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
}  # fmt: skip


def templates_in_code() -> set[str]:
    """Name every letter that the code makes: `Letter(template="...")`."""
    return {
        str(word.value.value)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Letter"
        for word in node.keywords
        if word.arg == "template" and isinstance(word.value, ast.Constant)
    }


def _booked(visit: Visit, sown: Sown) -> None:
    letters.send_confirmation(visit, by=_desk(sown), now=NOW)


def _booked_series(visit: Visit, sown: Sown) -> None:
    letters.send_series([visit, visit], by=_desk(sown), now=NOW)


def _reminder(visit: Visit, sown: Sown) -> None:
    letters.send_reminder(visit, by=_desk(sown), now=NOW)


def _moved(visit: Visit, sown: Sown) -> None:
    letters.send_moved(visit, NOW - timedelta(days=1), by=_desk(sown), now=NOW)


def _cancelled(visit: Visit, sown: Sown) -> None:
    visit.state = State.CANCELLED
    letters.send_cancelled(visit, by=_desk(sown), now=NOW)


def _wait_changed(visit: Visit, sown: Sown) -> None:
    old, new = (
        sown.make(Told, visit=visit, by=NOW + timedelta(minutes=minutes), reason="therapist_away")
        for minutes in (10, 25)
    )
    send_correction(visit, new, old, now=NOW)


def _come_later(visit: Visit, sown: Sown) -> None:
    later = (visit.booked_at + timedelta(days=3)).isoformat()
    carry_out_move(
        visit, move="come_later", to=later, by=_desk(sown), now=NOW, version=visit.version
    )


def _swapped(visit: Visit, sown: Sown) -> None:
    send_swapped(visit, by=_desk(sown), now=NOW)


def _own_page(visit: Visit, sown: Sown) -> None:
    ask_for_link(visit.client.email, address="203.0.113.7", now=NOW)


def _own_passkey(visit: Visit, sown: Sown) -> None:
    email = visit.client.email
    write_to_the_owner(pages_of(email, now=NOW), email, now=NOW)


def _desk(sown: Sown):
    return of_staff(sown.staff["desk"])


# Who adds a letter adds how it is written: a letter that is not here fails the test.
WRITTEN: dict[str, Callable[[Visit, Sown], None]] = {
    "booked": _booked,
    "booked_series": _booked_series,
    "reminder": _reminder,
    "moved": _moved,
    "cancelled": _cancelled,
    "wait_changed": _wait_changed,
    "come_later": _come_later,
    "swapped": _swapped,
    "own_page": _own_page,
    "own_passkey": _own_passkey,
}
# Somebody typed an e-mail address, and proves it: no other way is taken.
ONLY_BY_EMAIL = {"own_page", "own_passkey"}


def write(name: str, sown: Sown, *, language: str, by: str) -> list[Message]:
    """Write a letter about a visit whose every text field holds a word; give what was queued."""
    # As it is in the database: another letter may have changed the one in memory.
    rows = Visit.objects.select_related("client", "therapist", "clinic", "kind")
    visit = rows.get(pk=sown.visits[0].pk)
    visit.is_first = True
    visit.client.language, visit.client.prefers = language, by
    visit.client.mobile = "+33612345678"
    visit.client.save()
    before = set(Message.objects.values_list("pk", flat=True))
    WRITTEN[name](visit, sown)
    return list(Message.objects.exclude(pk__in=before).exclude(channel=ChannelName.APP))


def every_byte(message: Message) -> Iterator[bytes]:
    """Give everything that leaves with a message: what is queued, then the raw e-mail, unpacked."""
    yield f"{message.subject}\n{message.body}\n{message.calendar}".encode()
    if message.channel != ChannelName.EMAIL:
        return
    Message.objects.filter(pk=message.pk).update(send_after=NOW)
    Message.objects.in_state(Where.WAITING).exclude(pk=message.pk).update(withdrawn_at=NOW)
    mail.outbox.clear()
    deliver_due(NOW)
    (sent,) = mail.outbox
    raw = sent.message().as_bytes()
    yield raw
    parsed = message_from_bytes(raw)
    yield str(parsed.items()).encode()
    for part in parsed.walk():
        yield str(part.items()).encode() + (part.get_payload(decode=True) or b"")


def headers(message: Message) -> set[str]:
    """Name the headers of a message that was just sent."""
    return set(message_from_bytes(mail.outbox[0].message().as_bytes()).keys())
