"""What goes to the mail server, and what its answers mean."""

import smtplib
import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes
from types import SimpleNamespace

import pytest
from django.core.mail.backends.locmem import EmailBackend

from alongside.messaging.actions.deliver import deliver_due
from alongside.messaging.actions.queue import queue_letter
from alongside.messaging.models import State, Why

CALENDAR = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Harbour\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


@pytest.fixture(autouse=True)
def set_up(settings):
    settings.EMAIL_IS_SET = True
    settings.DEFAULT_FROM_EMAIL = "Anything <post@clinic.example>"


@pytest.fixture
def queued(here, amara, letter, acting, now):
    words = letter(calendar=CALENDAR, subject="Votre visite\r\nBcc: everybody@example.org")
    (message,) = queue_letter(amara, words, by=acting.clock(here), now=now)
    return message


def test_a_letter_carries_the_neutral_name_the_bare_address_and_the_calendar(
    queued, mailoutbox, now
):
    deliver_due(now)
    sent = message_from_bytes(mailoutbox[0].message().as_bytes())
    assert sent["From"] == "Harbour <post@clinic.example>"
    assert sent["To"] == "amara@example.org"
    assert sent["Message-ID"] == f"<{queued.pk}@clinic.example>"
    assert sent["Auto-Submitted"] == "auto-generated"
    text, calendar = sent.get_payload()
    assert "Bonjour Amara." in text.get_payload(decode=True).decode()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_payload(decode=True).decode().replace("\n", "\r\n").count("VEVENT") == 2


def test_a_line_break_in_a_subject_adds_no_header(queued, mailoutbox, now):
    deliver_due(now)
    assert mailoutbox[0].recipients() == ["amara@example.org"]
    assert mailoutbox[0].message()["Bcc"] is None


def test_no_canary_stands_in_any_header(queued, mailoutbox, now, amara, joon):
    deliver_due(now)
    raw = mailoutbox[0].message().as_string()
    assert "Diallo" not in raw
    assert joon.profession not in raw
    assert str(amara.pk) not in raw


def test_a_second_try_carries_the_same_number(queued, mailoutbox, now, monkeypatch):
    deliver_due(now)
    queued.refresh_from_db()
    assert queued.provider_id == mailoutbox[0].extra_headers["Message-ID"]


REFUSED = smtplib.SMTPRecipientsRefused({"amara@example.org": (550, b"no such box")})
FULL = smtplib.SMTPRecipientsRefused({"amara@example.org": (452, b"box is full")})


@pytest.mark.parametrize(
    ("answer", "why", "again"),
    [
        (REFUSED, Why.BAD_ADDRESS, False),
        (FULL, Why.BUSY, True),
        (smtplib.SMTPAuthenticationError(535, b"who are you"), Why.SIGN_IN, False),
        (smtplib.SMTPServerDisconnected("gone"), Why.NO_ANSWER, True),
        (smtplib.SMTPDataError(554, b"looks like spam"), Why.REFUSED, False),
        (smtplib.SMTPDataError(451, b"greylisted"), Why.BUSY, True),
        (smtplib.SMTPSenderRefused(550, b"not you", "post@clinic.example"), Why.REFUSED, False),
        (TimeoutError("timed out"), Why.NO_ANSWER, True),
        (ConnectionRefusedError("refused"), Why.NO_ANSWER, True),
    ],
)
def test_each_answer_has_its_meaning(queued, now, monkeypatch, answer, why, again):
    def answering(self, messages):
        raise answer

    monkeypatch.setattr(EmailBackend, "send_messages", answering)
    deliver_due(now)
    queued.refresh_from_db()
    assert (queued.last_error, queued.state) == (why, State.WAITING if again else State.FAILED)
    assert queued.said_by_service


@pytest.fixture
def mail_server() -> Iterator[SimpleNamespace]:
    """A mail server on this machine that keeps what it is given, or refuses the address."""
    there = SimpleNamespace(letters=[], refuses=False)

    class Speaking(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if verb == "DATA":
                    self.say("354 go on")
                    there.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                if verb == "RCPT" and there.refuses:
                    self.say("550 no such box")
                else:
                    self.say({"QUIT": "221 bye"}.get(verb, "250 fine"))
                if verb == "QUIT":
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Speaking) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        there.port = server.server_address[1]
        yield there
        server.shutdown()


@pytest.fixture
def over_the_line(settings, mail_server):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    return mail_server


def test_what_goes_over_the_line_is_the_letter_and_no_more(queued, over_the_line, now, joon, amara):
    deliver_due(now)
    (raw,) = over_the_line.letters
    letter = message_from_bytes(raw)
    assert letter["From"] == "Harbour <post@clinic.example>"
    assert "visit.ics" in raw.decode()
    for canary in (amara.last_name, joon.profession, str(amara.pk)):
        assert canary not in raw.decode()
    queued.refresh_from_db()
    assert queued.state is State.SENT


def test_an_address_that_the_server_does_not_know_is_said(queued, over_the_line, now):
    over_the_line.refuses = True
    deliver_due(now)
    queued.refresh_from_db()
    assert (queued.last_error, queued.said_by_service) == (Why.BAD_ADDRESS, "no such box")
