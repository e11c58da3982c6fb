"""Twilio's way of sending a text message (their REST API of 2010-04-01)."""

import base64
import json
import logging
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote, urlencode

from alongside.messaging.channels.base import NotSent
from alongside.messaging.fetch import NoAnswer, Refused, fetch
from alongside.messaging.models import Why

log = logging.getLogger(__name__)
TIMEOUT = 10  # seconds
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
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise NotSent(Why.BUSY, again=True, said=said)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
            raise NotSent(Why.NO_ANSWER, again=True, said=said)
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise NotSent(Why.SIGN_IN, again=False, said=said)
        code = answer.get("code")
        why = WHYS.get(code, Why.REFUSED) if isinstance(code, int) else Why.REFUSED
        raise NotSent(why, again=False, said=said)

    def _from(self) -> dict[str, str]:
        service = self.sender.startswith("MG")
        return {"MessagingServiceSid" if service else "From": self.sender}

    def _post(self, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        """Post by https, to a public address; a redirect is never followed with our key."""
        key = base64.b64encode(f"{self.account}:{self.token}".encode()).decode()
        account = quote(self.account, safe="")
        try:
            answer = fetch(
                "POST",
                f"{self.url.rstrip('/')}/2010-04-01/Accounts/{account}/Messages.json",
                body=urlencode(form),
                headers={
                    "Authorization": f"Basic {key}",
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Accept": "application/json",
                },
                timeout=self.timeout,
            )
        except Refused as refused:
            log.error("Nothing was sent to the service for text messages. %s", refused)
            raise NotSent(Why.SMS_NOT_SET_UP, again=False) from None
        except NoAnswer as lost:
            raise NotSent(Why.NO_ANSWER, again=True, said=str(lost)) from None
        return answer.status, _read(answer.body)


def _read(raw: bytes) -> dict[str, object]:
    try:
        answer = json.loads(raw)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
