"""E-mail by SMTP, through Django's own mail."""

import smtplib
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from alongside.messaging.channels.base import NotSent
from alongside.messaging.models import Message, Why

GONE_FOR_GOOD = 500


class EmailChannel:
    """Plain text, under the clinic's neutral name, to the bare address."""

    def send(self, message: Message) -> str:
        """Hand the letter to the mail server; a second try carries the first one's Message-ID."""
        if not settings.EMAIL_IS_SET:
            raise NotSent(Why.EMAIL_NOT_SET_UP, again=False)
        letter = _letter(message)
        try:
            letter.send()
        except smtplib.SMTPRecipientsRefused as refused:
            raise _refused_address(refused) from None
        except smtplib.SMTPAuthenticationError as refused:
            raise NotSent(Why.SIGN_IN, again=False, said=_words(refused)) from None
        except smtplib.SMTPServerDisconnected as lost:
            raise NotSent(Why.NO_ANSWER, again=True, said=str(lost)) from None
        except smtplib.SMTPResponseException as refused:
            again = refused.smtp_code < GONE_FOR_GOOD
            raise NotSent(
                Why.BUSY if again else Why.REFUSED, again=again, said=_words(refused)
            ) from None
        except OSError as lost:
            raise NotSent(Why.NO_ANSWER, again=True, said=str(lost)) from None
        return str(letter.extra_headers["Message-ID"])


def write_to_staff(address: str, *, subject: str, body: str) -> None:
    """Send a few neutral words to somebody who works here, at once. Raises OSError."""
    EmailMessage(
        subject=subject,
        body=body,
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()


def _letter(message: Message) -> EmailMessage:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    letter = EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=formataddr((message.clinic.called_in_messages, address)),
        to=[message.to],
        headers={
            # Mail servers and clients drop a second letter with the same number.
            "Message-ID": f"<{message.pk}@{address.rpartition('@')[2]}>",
            # No "I am on holiday" back to us.
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
    )
    if message.calendar:
        letter.attach("visit.ics", message.calendar, "text/calendar")
    return letter


def _refused_address(refused: smtplib.SMTPRecipientsRefused) -> NotSent:
    code, said = next(iter(refused.recipients.values()))
    again = code < GONE_FOR_GOOD
    return NotSent(Why.BUSY if again else Why.BAD_ADDRESS, again=again, said=_text(said))


def _words(refused: smtplib.SMTPResponseException) -> str:
    return f"{refused.smtp_code} {_text(refused.smtp_error)}"


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
