"""Text messages through Twilio's API, against a server of our own on this machine."""

import base64
import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest

from alongside.messaging.actions.deliver import deliver_due
from alongside.messaging.actions.queue import queue_letter
from alongside.messaging.channels.base import NotSent
from alongside.messaging.channels.twilio import Twilio
from alongside.messaging.models import State, Why

SENT = (201, {"sid": "SM123", "status": "queued"})


@pytest.fixture
def twilio(settings) -> Iterator[SimpleNamespace]:
    """A server that answers `answer` and keeps what it was asked; `slow` seconds late."""
    there = SimpleNamespace(asked=[], answer=SENT, slow=0.0, headers={})

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            there.asked.append((self.path, dict(self.headers), parse_qs(body)))
            time.sleep(there.slow)
            status, answer = there.answer
            raw = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            for name, value in there.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    there.url = f"http://127.0.0.1:{server.server_port}"
    settings.FETCH_LOCAL = [there.url]
    yield there
    server.shutdown()
    server.server_close()


@pytest.fixture
def account(twilio):
    return Twilio(account="AC1", token="secret", sender="+15550100", url=twilio.url, timeout=2)


def test_a_text_is_posted_as_twilio_asks(account, twilio):
    assert account.text("+33612345678", "Bonjour Amara, à 10:30.") == "SM123"
    ((path, headers, form),) = twilio.asked
    assert path == "/2010-04-01/Accounts/AC1/Messages.json"
    key = base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode()
    assert key == "AC1:secret"
    assert form == {
        "To": ["+33612345678"],
        "From": ["+15550100"],
        "Body": ["Bonjour Amara, à 10:30."],
    }


def test_a_messaging_service_is_named_as_one(twilio):
    service = Twilio(account="AC1", token="t", sender="MG9", url=twilio.url)
    service.text("+33612345678", "x")
    assert twilio.asked[0][2]["MessagingServiceSid"] == ["MG9"]


@pytest.mark.parametrize(
    ("answer", "why", "again"),
    [
        ((400, {"code": 21211, "message": "not a number"}), Why.BAD_ADDRESS, False),
        ((400, {"code": 21610, "message": "STOP"}), Why.STOPPED, False),
        ((400, {"code": 30000, "message": "no"}), Why.REFUSED, False),
        ((400, b"<html>not json"), Why.REFUSED, False),
        ((401, {"code": 20003, "message": "Authenticate"}), Why.SIGN_IN, False),
        ((429, {"code": 20429, "message": "Too many"}), Why.BUSY, True),
        ((500, {}), Why.NO_ANSWER, True),
        ((503, b""), Why.NO_ANSWER, True),
    ],
)
def test_each_answer_has_its_meaning(account, twilio, answer, why, again):
    twilio.answer = answer
    with pytest.raises(NotSent) as not_sent:
        account.text("+33612345678", "x")
    assert (not_sent.value.reason, not_sent.value.again) == (why, again)
    assert str(answer[0]) in not_sent.value.said


def test_a_server_that_says_nothing_is_left_after_the_time_out(twilio):
    twilio.slow = 1.0
    impatient = Twilio(account="AC1", token="t", sender="+1", url=twilio.url, timeout=0.2)
    begun = time.monotonic()
    with pytest.raises(NotSent) as not_sent:
        impatient.text("+33612345678", "x")
    assert (not_sent.value.reason, not_sent.value.again) == (Why.NO_ANSWER, True)
    assert time.monotonic() - begun < 0.9


def test_nobody_there_is_tried_again(settings):
    settings.FETCH_LOCAL = ["http://127.0.0.1:9"]
    nobody = Twilio(account="AC1", token="t", sender="+1", url="http://127.0.0.1:9", timeout=1)
    with pytest.raises(NotSent) as not_sent:
        nobody.text("+33612345678", "x")
    assert not_sent.value.again


def test_a_redirect_is_not_followed_with_our_key(account, twilio):
    twilio.answer, twilio.headers = (307, {}), {"Location": f"{twilio.url}/elsewhere"}
    with pytest.raises(NotSent):
        account.text("+33612345678", "x")
    assert len(twilio.asked) == 1


@pytest.mark.parametrize(
    "url", ["http://sms.example", "ftp://127.0.0.1", "http://127.0.0.1:9", "", "sms.example"]
)
def test_our_key_never_goes_over_an_open_line(url):
    with pytest.raises(NotSent) as not_sent:
        Twilio(account="AC1", token="t", sender="+1", url=url).text("+33612345678", "x")
    assert not_sent.value.reason is Why.SMS_NOT_SET_UP


def test_the_key_is_not_shown_when_an_account_is_printed(account):
    assert "secret" not in repr(account)


@pytest.fixture
def queued(here, amara, letter, acting, now, twilio, settings):
    settings.SMS_PROVIDER, settings.SMS_URL = "twilio", twilio.url
    settings.SMS_ACCOUNT, settings.SMS_TOKEN, settings.SMS_FROM = "AC1", "secret", "+15550100"
    amara.prefers, amara.mobile = "sms", "+33 (0)6 12 34 56 78"
    amara.save()
    (message,) = queue_letter(amara, letter(), by=acting.clock(here), now=now)
    return message


def test_a_queued_text_goes_out_without_its_subject(queued, twilio, now):
    deliver_due(now)
    queued.refresh_from_db()
    assert (queued.state, queued.provider_id) == (State.SENT, "SM123")
    form = twilio.asked[0][2]
    assert form["To"] == ["+33612345678"]
    assert "Votre visite" not in form["Body"][0]


def test_a_number_without_its_country_is_said(queued, amara, twilio, now):
    amara.mobile = "06 12 34 56 78"
    amara.save()
    deliver_due(now)
    queued.refresh_from_db()
    assert (queued.state, queued.last_error) == (State.FAILED, Why.NO_COUNTRY)
    assert twilio.asked == []
