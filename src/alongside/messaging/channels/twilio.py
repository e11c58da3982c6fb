"""Twilio's way of sending a text message (their REST API of 2010-04-01)."""

import base64
import http.client
import json
import logging
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit

from alongside.messaging.channels.base import NotSent
from alongside.messaging.models import Why

log = logging.getLogger(__name__)
TIMEOUT = 10  # seconds
MOST_READ = 64 * 1024
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
# https://www.twilio.com/docs/api/errors
WHYS = {
    21211: Why.BAD_ADDRESS,
    21610: Why.STOPPED,
    21614: Why.BAD_ADDRESS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Twilio:
    """An account there. `sender` is a number, a name, or a messaging service (MG...)."""

    account: str
    token: str = field(repr=False)
    sender: str
    url: str
    timeout: float = TIMEOUT

    def text(self, to: str, body: str) -> str:
        """Send a text; give Twilio's SID. Busy or silent is tried again, a refusal is not."""
        status, answer = self._post({"To": to, "Body": body, **self._from()})
        if status in (200, 201):
            return str(answer.get("sid", ""))
        said = f"{status} {answer.get('code', '')} {answer.get('message', '')}".strip()
        if status == http.client.TOO_MANY_REQUESTS:
            raise NotSent(Why.BUSY, again=True, said=said)
        if status >= http.client.INTERNAL_SERVER_ERROR or status == http.client.REQUEST_TIMEOUT:
            raise NotSent(Why.NO_ANSWER, again=True, said=said)
        if status in (http.client.UNAUTHORIZED, http.client.FORBIDDEN):
            raise NotSent(Why.SIGN_IN, again=False, said=said)
        code = answer.get("code")
        why = WHYS.get(code, Why.REFUSED) if isinstance(code, int) else Why.REFUSED
        raise NotSent(why, again=False, said=said)

    def _from(self) -> dict[str, str]:
        service = self.sender.startswith("MG")
        return {"MessagingServiceSid" if service else "From": self.sender}

    def _post(self, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        connection = self._connection()
        path = urlsplit(self.url).path.rstrip("/")
        key = base64.b64encode(f"{self.account}:{self.token}".encode()).decode()
        try:
            connection.request(
                "POST",
                f"{path}/2010-04-01/Accounts/{quote(self.account, safe='')}/Messages.json",
                body=urlencode(form),
                headers={
                    "Authorization": f"Basic {key}",
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Accept": "application/json",
                },
            )
            answer = connection.getresponse()
            return answer.status, _read(answer.read(MOST_READ))
        except (OSError, http.client.HTTPException) as lost:
            raise NotSent(Why.NO_ANSWER, again=True, said=str(lost)) from None
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        """Connect by https; plain http only to this machine. A redirect is never followed."""
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        if parts.scheme == "https":
            return http.client.HTTPSConnection(host, parts.port, timeout=self.timeout)
        if parts.scheme == "http" and host in LOOPBACK:
            return http.client.HTTPConnection(host, parts.port, timeout=self.timeout)
        log.error("The address for text messages must begin with https://. Nothing was sent.")
        raise NotSent(Why.SMS_NOT_SET_UP, again=False)


def _read(raw: bytes) -> dict[str, object]:
    try:
        answer = json.loads(raw)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
