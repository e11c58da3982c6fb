"""Who may open what: the one table. An address that is not here is refused to everybody."""

from alongside.access.rows import (
    ALL_STAFF,
    ANYONE,
    CLIENT,
    CLOSE_ONE,
    DEVICES,
    EVERYBODY,
    FLOOR,
    FRONT,
    KIOSK,
    LEAD,
    MANAGER,
    NETWORK,
    NOBODY,
    OFFICE,
    OWN,
    SCREEN,
    Row,
    page,
)
from alongside.people.actors import CARE, Actor

TOGETHER = "Only a manager sees what came of it for everybody together."

POLICY: dict[str, Row] = {
    # the house
    "home": page(EVERYBODY),
    "healthz": page(EVERYBODY, background=True),
    "readyz": page(EVERYBODY, background=True),
    "set-up": page(EVERYBODY, EVERYBODY),
    "ui:comfort": page(NOBODY, EVERYBODY),
    "ui:language": page(NOBODY, EVERYBODY),
    "ui:specimen": page(EVERYBODY),
    "demo:demo": page(EVERYBODY, EVERYBODY),
    "demo:own-page": page(EVERYBODY),
    # the office: the door
    "office:sign-in": page(EVERYBODY, EVERYBODY),
    # The second step: of whoever is half-way in, whom the table knows as anyone. The views ask.
    "office:second": page(EVERYBODY, EVERYBODY),
    "office:first-key": page(EVERYBODY),
    "office:code-app": page(EVERYBODY, EVERYBODY),
    "office:passkey": page(NOBODY, EVERYBODY),
    "office:passkey-question": page(NOBODY, EVERYBODY),
    "office:new-passkey": page(EVERYBODY, EVERYBODY),
    "office:new-passkey-question": page(NOBODY, EVERYBODY),
    # A locked screen is nobody's; these find out whose it was.
    "office:lock": page(EVERYBODY, EVERYBODY),
    "office:unlock": page(NOBODY, EVERYBODY),
    "office:here": page(NOBODY, ALL_STAFF),
    "office:again": page(ALL_STAFF, ALL_STAFF),
    "office:sign-out": page(NOBODY, EVERYBODY),
    "office:enter": page(EVERYBODY, EVERYBODY),
    "office:invitation": page(EVERYBODY, EVERYBODY),
    "office:device-enter": page(EVERYBODY, EVERYBODY),
    "office:choose-clinic": page(ALL_STAFF, ALL_STAFF),
    "office:me": page(ALL_STAFF, ALL_STAFF),
    "office:sign-ins": page(ALL_STAFF),
    "office:recovery-codes": page(ALL_STAFF, ALL_STAFF),
    "office:rename-key": page(NOBODY, ALL_STAFF),
    "office:pin": page(ALL_STAFF, ALL_STAFF),
    "office:remove-key": page(NOBODY, ALL_STAFF),
    "office:end-sign-in": page(NOBODY, ALL_STAFF),
    # the office: clients
    "office:clients": page(FLOOR),
    "office:add-client": page(FLOOR, FLOOR),
    "office:client": page(FLOOR),
    "office:change-client": page(FLOOR, FLOOR),
    "office:card": page(FLOOR, FLOOR),
    "office:record": page(LEAD),
    "office:data": page(LEAD),
    "office:copy": page(NOBODY, LEAD, why="Only a manager takes a person’s data out of the house."),
    "office:erase": page(NOBODY, LEAD, why="Only a manager erases a person’s data."),
    # the office: settings
    "office:settings": page(LEAD),
    "office:clinic": page(LEAD, LEAD),
    "office:hours": page(LEAD, LEAD),
    "office:rooms": page(LEAD, LEAD),
    "office:kinds": page(LEAD, LEAD),
    "office:letters": page(LEAD, LEAD),
    "office:signing-in": page(LEAD, LEAD),
    "office:parts": page(LEAD, LEAD),
    "office:team": page(LEAD, LEAD),
    "office:colleague": page(LEAD, LEAD),
    "office:photo": page(NOBODY, LEAD),
    "office:send-off": page(NOBODY, LEAD),
    "office:reset-keys": page(NOBODY, LEAD),
    "office:new-link": page(NOBODY, LEAD),
    "office:devices": page(LEAD, LEAD),
    "office:remove-device": page(NOBODY, LEAD),
    "office:poster": page(LEAD, LEAD),
    # one's own page: a client's, and what they let somebody close see of it
    "mine:sign-in": page(EVERYBODY, EVERYBODY),
    "mine:enter": page(OWN, OWN, link="sign_in"),
    "mine:passkey": page(NOBODY, EVERYBODY),
    "mine:passkey-question": page(NOBODY, EVERYBODY),
    # Of one's own address: a client's, or of somebody close. Added after a letter: the views ask.
    "mine:passkeys": page(OWN, OWN),
    "mine:new-passkey": page(OWN, OWN),
    "mine:new-passkey-question": page(NOBODY, OWN),
    "mine:choose": page(EVERYBODY, EVERYBODY),
    "mine:sign-out": page(NOBODY, EVERYBODY),
    "mine:home": page(OWN),
    "mine:seen": page(OWN, right="seen"),
    # Whom a client lets see is for the client alone to say, or for staff whom they asked.
    "mine:people": page(frozenset({CLIENT}), frozenset({CLIENT})),
    "mine:person": page(frozenset({CLIENT}), frozenset({CLIENT})),
    "mine:end-person": page(NOBODY, frozenset({CLIENT})),
    "mine:staff-people": page(FLOOR, FLOOR),
    "mine:staff-end": page(NOBODY, FLOOR),
    "mine:sign-ins": page(OWN, OWN),
    # the network's office: numbers of its clinics, and no client
    "network:home": page(OFFICE),
    "network:add-clinic": page(OFFICE, OFFICE),
    "network:clinic": page(OFFICE),
    "network:break-glass": page(NOBODY, OFFICE),
    "network:leave": page(NOBODY, OFFICE),
    "network:entries": page(LEAD),
    "visits:mine": page(NOBODY, OWN, right="visits"),
    # goals: a client's own, and for staff beside them
    "goals:goals": page(OWN, right="goals"),
    "goals:new": page(OWN, OWN, right="goals", talks=True),
    "goals:achieved": page(OWN, OWN, right="goals", talks=True),
    "goals:since": page(OWN, right="goals"),
    "goals:goal": page(OWN, right="goals", talks=True),
    "goals:how": page(OWN, OWN, right="goals", talks=True),
    "goals:anew": page(OWN, OWN, right="goals", talks=True),
    "goals:decide": page(NOBODY, OWN, right="goals"),
    "goals:step": page(NOBODY, OWN, right="goals"),
    "goals:answer": page(NOBODY, OWN, right="goals"),
    "goals:of-client": page(CARE),
    "goals:write-down": page(CARE, CARE),
    "goals:staff-achieved": page(NOBODY, CARE),
    "goals:named": page(NOBODY, FLOOR),
    "goals:staff-goal": page(CARE, CARE),
    # life and questions: a client's own, and staff's
    # Whoever may see the questions may ask one; that is all that is sent here.
    "life:questions": page(OWN, OWN, right="questions", asks=True, talks=True),
    "life:life": page(OWN, OWN, right="life", talks=True),
    "life:to-do": page(CARE),
    "life:of-client": page(CARE, CARE),
    # needs: a client's own, for staff beside them, and what the clinic can offer
    "needs:needs": page(OWN, right="needs"),
    "needs:ask": page(OWN, OWN, right="needs", talks=True),
    "needs:answer": page(NOBODY, OWN, right="needs"),
    "needs:over-time": page(OWN, right="needs"),
    # Whom of us a client lets see a part is for the client alone to say, or for who treats them
    # and sees it themselves: `let_see` looks.
    "needs:who": page(frozenset({CLIENT})),
    "needs:who-sees": page(frozenset({CLIENT}), frozenset({CLIENT})),
    "needs:note-who": page(CARE, CARE),
    "needs:of-client": page(CARE, CARE),
    "needs:of-client-over-time": page(CARE),
    "needs:offer": page(NOBODY, CARE),
    "needs:answered": page(NOBODY, CARE),
    "needs:services": page(CARE),
    "needs:new-service": page(LEAD, LEAD, why="Only a manager says what the clinic offers."),
    "needs:service": page(LEAD, LEAD, why="Only a manager says what the clinic offers."),
    # measures: a client's own questionnaires, staff's, and alerts
    "measures:mine": page(OWN, right="measures"),
    "measures:fill": page(OWN, OWN, right="measures", talks=True),
    "measures:end": page(OWN, OWN, right="measures"),
    "measures:of-client": page(CARE, CARE),
    "measures:filling": page(CARE, CARE),
    "measures:withdraw": page(NOBODY, CARE),
    "measures:every": page(CARE),
    "measures:text": page(LEAD, LEAD, why="Only a manager confirms a licence and loads a text."),
    "measures:empty-text": page(LEAD),
    "measures:end-text": page(NOBODY, LEAD),
    "measures:alerts": page(
        CARE, why="Alerts are for therapists. Please find the one who is named."
    ),
    "measures:alert": page(NOBODY, CARE),
    "measures:responder": page(NOBODY, LEAD),
    # care plans: what a client reads of their visits, and the notes of who treats them
    "careplans:mine": page(OWN, right="notes"),
    # Each kind of change asks for its own right: the view looks.
    "careplans:plan": page(OWN, right="notes"),
    "careplans:sheet": page(OWN, right="notes"),
    "careplans:staff-sheet": page(CARE),
    "careplans:answer-step": page(NOBODY, OWN, right="notes"),
    "careplans:staff-plan": page(CARE),
    "careplans:notes": page(CARE),
    "careplans:note": page(CARE, CARE),
    "careplans:follow-ups": page(CARE),
    "careplans:call": page(NOBODY, CARE),
    "careplans:own-heard": page(NOBODY, OWN, right="visits"),
    "careplans:heard": page(NOBODY, OWN, link="visit", right="visits"),
    "careplans:listening": page(LEAD),
    # what was sent
    "messaging:sent": page(FRONT),
    "messaging:message": page(FRONT),
    "messaging:send-again": page(NOBODY, FRONT),
    # live pages: they ask by themselves, and nobody's session lives longer for it
    "live:clinic": page(DEVICES | FLOOR, background=True),
    "live:visit": page(OWN, link="visit", background=True, right="visits"),
    "live:mine": page(OWN, background=True),
    # the board
    "visits:board": page(FLOOR),
    "visits:board-visit": page(FLOOR),
    "visits:step": page(NOBODY, FLOOR),
    "visits:undo": page(NOBODY, FLOOR),
    "visits:said": page(NOBODY, FLOOR),
    "visits:asked": page(NOBODY, FLOOR),
    "visits:therapist": page(NOBODY, FLOOR),
    "visits:carry-out": page(NOBODY, FLOOR),
    "visits:ledger": page(FLOOR),
    "visits:how": page(FLOOR),
    "visits:ledger-csv": page(
        LEAD, why="Only a manager takes the ledger out of the house.", out=True
    ),
    # the book
    "visits:bookings": page(FLOOR),
    "visits:book": page(FLOOR, FLOOR),
    "visits:booking": page(FLOOR),
    "visits:booking-move": page(NOBODY, FLOOR),
    "visits:booking-note": page(NOBODY, FLOOR),
    "visits:booking-cancel": page(NOBODY, FLOOR),
    "visits:import": page(FRONT, FRONT),
    "visits:import-example": page(FRONT),
    "visits:calendar": page(FLOOR, FLOOR),
    # A calendar program cannot sign in: the view asks for the secret in the address.
    "visits:feed": page(EVERYBODY, background=True),
    "visits:confirm": page(OWN, OWN, link="visit", right="visits"),
    "visits:change": page(OWN, OWN, link="visit", right="visits"),
    "visits:cancel": page(OWN, OWN, link="visit", right="visits"),
    "visits:visit-calendar": page(OWN, link="visit", right="visits"),
    # links
    "visits:visit": page(OWN, link="visit", right="visits", talks=True),
    "visits:check-in": page(NOBODY, OWN, link="visit", right="visits"),
    "visits:late": page(NOBODY, OWN, link="visit", right="visits"),
    "visits:ask": page(NOBODY, OWN, link="visit", right="visits"),
    "visits:mood": page(NOBODY, OWN, link="visit", right="visits"),
    # the welcome
    "welcome:wish": page(NOBODY, OWN, link="visit", part="welcome", right="visits"),
    "welcome:hopes": page(NOBODY, OWN, link="visit", part="welcome", right="visits"),
    "welcome:answer": page(NOBODY, FLOOR, part="welcome"),
    "welcome:offered": page(NOBODY, FLOOR, part="welcome"),
    # outcomes: for the lead, of many people together
    "outcomes:outcomes": page(LEAD, part="outcomes", why=TOGETHER),
    "outcomes:team": page(LEAD, part="outcomes", why=TOGETHER),
    "outcomes:csv": page(LEAD, part="outcomes", why=TOGETHER),
    "outcomes:parquet": page(LEAD, part="outcomes", why=TOGETHER),
    # the door, the kiosk, the wall
    "visits:door": page(EVERYBODY, EVERYBODY),
    "visits:kiosk": page(frozenset({KIOSK}), frozenset({KIOSK})),
    "visits:kiosk-result": page(frozenset({KIOSK})),
    "visits:kiosk-mood": page(NOBODY, frozenset({KIOSK})),
    "visits:kiosk-slip": page(NOBODY, frozenset({KIOSK})),
    "visits:kiosk-done": page(NOBODY, frozenset({KIOSK})),
    "visits:slip": page(FLOOR, FLOOR),
    "visits:screen": page(frozenset({SCREEN}) | FLOOR),
}


# What somebody of the network may send while they look into a clinic: that they go.
LEAVING = frozenset({"network:leave"})


def lets(row: Row, actor: Actor, *, sends: bool, name: str = "") -> bool:
    """Tell whether the table lets somebody in.

    Whoever looks into a clinic for the network reads what its manager reads, sends nothing, takes
    nothing out, and finds neither their own account nor the network's pages there.
    """
    allowed = row.send if sends else row.read
    if actor.glass_until is None:
        return actor.kind in allowed
    if ANYONE in allowed or name in LEAVING:
        return actor.kind in allowed
    return not (sends or row.out) and MANAGER in allowed and NETWORK not in allowed


def is_shared(row: Row, actor: Actor, *, sends: bool) -> bool:
    """Tell whether somebody close to a client was given what this address is about."""
    if actor.kind is not CLOSE_ONE or not row.right:
        return True
    return actor.may_see(row.right) and (actor.may_act or row.asks or not sends)


def row_for(url_name: str) -> Row | None:
    """Give the table's row for an address, or None: then nobody may."""
    return POLICY.get(url_name)
