"""The pages that are opened, who opens each, and in how long it is to be there."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

CLIENT, DESK, THERAPIST, MANAGER = "client", "desk", "therapist", "manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its address is filled from a client of `doors.py`; `most`: p99 in milliseconds."""

    name: str
    who: str
    path: str
    most: int | None = None

    def address(self, client: dict[str, str]) -> str | None:
        """Fill the address in; None where this client has no such thing."""
        wanted = [word for word in ("goal", "visit") if f"{{{word}}}" in self.path]
        if not all(client[word] for word in wanted):
            return None
        words = {word: quote(client[word]) for word in ("name", "whole")}
        return self.path.format(**client | words)

    def cookie(self, clinic: dict[str, Any], client: dict[str, str]) -> str:
        """Give the session of whoever opens it."""
        return client["cookie"] if self.who == CLIENT else clinic[self.who]


PAGES = (
    # What the client opens.
    Page(name="my page", who=CLIENT, path="/mine/"),
    Page(name="my goals", who=CLIENT, path="/mine/goals/", most=150),
    Page(name="one goal", who=CLIENT, path="/mine/goals/{goal}/"),
    Page(name="since we started", who=CLIENT, path="/mine/goals/since-we-started/"),
    Page(name="my life", who=CLIENT, path="/mine/life/"),
    Page(name="my questions", who=CLIENT, path="/mine/questions/"),
    Page(name="my needs", who=CLIENT, path="/mine/needs/"),
    Page(name="my questionnaires", who=CLIENT, path="/mine/questionnaires/"),
    Page(name="what we did", who=CLIENT, path="/mine/what-we-did/"),
    Page(name="who saw my page", who=CLIENT, path="/mine/who-saw/"),
    # What staff open about one client.
    Page(name="client's page", who=THERAPIST, path="/people/{client}/"),
    Page(name="client's goals", who=THERAPIST, path="/people/{client}/goals/"),
    Page(name="client's goal", who=THERAPIST, path="/people/{client}/goals/{goal}/"),
    Page(name="needs profile", who=THERAPIST, path="/people/{client}/needs/"),
    Page(name="measures", who=THERAPIST, path="/people/{client}/measures/"),
    Page(name="notes", who=THERAPIST, path="/people/{client}/notes/"),
    Page(name="life and questions", who=THERAPIST, path="/people/{client}/life/"),
    Page(name="a visit's note", who=THERAPIST, path="/people/{client}/visits/{visit}/note/"),
    Page(name="client's record", who=MANAGER, path="/people/{client}/record/"),
    # What staff open about the whole clinic.
    Page(name="board", who=DESK, path="/today/"),
    Page(name="clients", who=DESK, path="/people/"),
    Page(name="search for a client", who=DESK, path="/people/?q={name}"),
    Page(name="bookings of the week", who=DESK, path="/bookings/"),
    Page(name="what was sent", who=DESK, path="/messages/"),
    Page(name="what was sent, ever", who=DESK, path="/messages/?when=&who={whole}"),
    Page(name="questions to answer", who=THERAPIST, path="/questions/"),
    Page(name="follow-ups", who=THERAPIST, path="/follow-ups/"),
    Page(name="alerts", who=THERAPIST, path="/alerts/"),
    Page(name="ledger, a week", who=MANAGER, path="/the-wait/"),
    Page(name="ledger, a quarter", who=MANAGER, path="/the-wait/?days=90"),
    Page(name="listening", who=MANAGER, path="/listening/"),
)
