"""Who may open what: every address, everybody, three clinics, every byte that comes out.

Somebody of a clinic asks: for their own rows, for those of another clinic of their network, of a
clinic of another network, for rows that are not there, and (a client, or somebody close to one) for
another client's. Words tell what was shown, rows what was changed.
"""

import itertools
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import pytest
from django.apps import apps
from scripts.figures import Figure, tell

from alongside.access.policy import POLICY
from alongside.clinics import current
from alongside.clinics.models import Network
from tests.house.canaries import NEIGHBOUR as NEIGHBOURS_LETTER
from tests.house.canaries import Planted, Seeds, sow
from tests.house.sweep import (
    FOREIGN,
    NEIGHBOUR,
    NOBODY_ELSE,
    OF_CLIENT,
    OWN_ROWS,
    PRINCIPALS,
    SISTER,
    STAFF,
    STRANGER,
    TRACES,
    WORDS,
    Address,
    Probe,
    Sweep,
    addresses,
    may,
    models_of_people,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]
# So long may the whole take on one core, in seconds.
MOST_CPU = 120
REFUSED = (401, 403, 404, 405)
# What whoever looks after a network sees of its clinics: which they are.
OF_A_NETWORK = {"Clinic.name"}
# All that hangs on the wall, or goes to it: a code, how things are, how long, and where to.
ON_THE_WALL = {"Clinic.name", "Visit.code", "Room.name"}
# Parts whose words are for whoever works with a client on them, not for the front desk.
KEPT_FROM_THE_DESK = ("goals", "measures", "needs", "life", "careplans")
# What was reached is named to a client by whoever meets them next; a visit has steps, too.
SHARED_WITH_THE_DESK = ("Achievement", "Step")
# What the sweep found, for the figure that is told with its control.
FOUND: dict[str, int] = {}
NOBODYS = ("trainer", "network", "ex-staff", "screen", "kiosk", "anyone")


@pytest.fixture
def swept(db, settings) -> Iterator[Sweep]:
    """Three clinics, full of words, and everybody in front of a browser."""
    settings.DEMO = True
    # Thousands are refused on purpose: writing each down would cost more than asking.
    logging.disable(logging.ERROR)
    network, far = (Network.objects.create(name=name) for name in ("Two Streets", "Far Away"))
    seeds = Seeds()
    here = sow("h", network, seeds, neighbours=True)
    yield Sweep(seeds, (here, sow("s", network, seeds), sow("f", far, seeds)))
    logging.disable(logging.NOTSET)


@pytest.fixture
def pictured(swept: Sweep) -> Sweep:
    """The same, with everybody signed in and all rows looked at before anything is asked."""
    for who in (*PRINCIPALS, STRANGER):
        swept.browser(who, swept.clinics[0])
    swept.take_pictures()
    return swept


def may_see(probe: Probe, word: Planted) -> bool:
    """Tell whether somebody may be shown a word at all, whatever the page."""
    if (word.letter, str(word)) == ("h", "Clinic.name"):
        # Where somebody is signed in stands on top of every page of theirs.
        return True
    if probe.address.has_secret:
        # The secret decides: it opens its own clinic, and nothing of whoever holds it.
        return word.letter in {OWN_ROWS: "hn", SISTER: "s"}.get(probe.aim, "")
    if probe.who in OF_CLIENT:
        return word.letter == "h"
    if probe.who == "network":
        return word.letter in "hs" and str(word) in OF_A_NETWORK
    return word.letter in ("h", NEIGHBOURS_LETTER)


def leaks(probes: Iterable[Probe]) -> list[str]:
    """Name each word that somebody was shown and may not see."""
    return [
        f"{probe}: {word.letter} {word}"
        for probe in probes
        for word in sorted(probe.words, key=str)
        if not may_see(probe, word)
    ]


def test_every_address_has_a_row_and_every_row_an_address():
    there = {address.name for address in addresses()}
    assert there - set(POLICY) == set(), "no row in access/policy.py: nobody may open these"
    assert set(POLICY) - there == set(), "a row without an address"


def test_an_address_without_a_row_is_refused_to_everybody(swept, monkeypatch):
    monkeypatch.delitem(POLICY, "office:clients")
    (address,) = [one for one in addresses() if one.name == "office:clients"]
    for who in (*PRINCIPALS, STRANGER):
        assert swept.ask(address, who, swept.clinics[0], OWN_ROWS, "GET").status == 403


def test_nobody_is_shown_or_changes_what_is_not_theirs(pictured, capsys):
    began = time.process_time()
    probes = [*pictured.all("GET"), *pictured.all("POST")]
    spent = time.process_time() - began
    asked = len(probes)
    shown, changed = leaks(probes), [str(probe) for probe in probes if probe.changed]
    with capsys.disabled():
        own = {str(word) for probe in probes for word in probe.words}
        FOUND.update(asked=asked, shown=len(shown), changed=len(changed), fields=len(own))
        print(f"\n{asked} requests over {len(addresses())} addresses by {len(PRINCIPALS) + 1}: ")
        print(f"{len(shown)} of {asked} were shown, {len(changed)} of {asked} changed what is not")
        print(f"theirs ({len(own)} fields of one's own seen; {spent:.0f} s of CPU).")
    assert spent <= MOST_CPU
    assert shown == []
    assert changed == [], "wrote in another clinic"
    broken = [f"{probe} {probe.status}" for probe in probes if probe.status >= 500]
    assert broken == []
    assert asked >= 3 * len(addresses()) * 9
    _judge_twins(probes)
    _judge_table(probes)
    _judge_what_is_nobodys(probes)
    _judge_close_ones(probes)
    _judge_neighbours(probes)
    _judge_classes(probes)
    _judge_oracle(probes)


def _judge_twins(probes: list[Probe]) -> None:
    """What must be seen is seen, all of it: a sweep that sees nothing would prove nothing."""
    seen = Counter((probe.who, str(word)) for probe in probes for word in probe.words)
    about = ("Client.first_name", "Client.mobile", "Card.helps", "Card.avoid")
    lead = ("Staff.name", "User.email", "Room.name", "Clinic.way_in", "Device.name")
    must = {
        **dict.fromkeys(("desk", "therapist", "manager", "glass"), about),
        "client": ("Client.called", "CloseOne.name"),
        "close_one": ("Client.called", "Staff.name"),
        "network": ("Clinic.name",),
    }
    lost = [
        f"{who}: {word}" for who, words in must.items() for word in words if not seen[who, word]
    ]
    lost += [f"manager: {word}" for word in lead if not seen["manager", word]]
    assert lost == []
    bare = {
        f"{probe.address.name} as {probe.who}"
        for probe in probes
        if probe.aim == OWN_ROWS and probe.method == "GET" and probe.status == 200
        if any(ask.endswith("_id") for ask in probe.address.asks)
        if not probe.words and may(probe.address, probe.who, "GET")
    }
    assert bare == set(), "a page about a row that shows nothing of it"


def _judge_table(probes: list[Probe]) -> None:
    """Whoever the table does not name is refused, whatever they ask for, and nothing is written."""
    for probe in probes:
        if probe.address.has_secret or may(probe.address, probe.who, probe.method):
            continue
        if probe.who == "ex-staff" and may(probe.address, "anyone", probe.method):
            continue
        assert probe.status in (302, *REFUSED), f"{probe} answered {probe.status}"
        assert probe.wrote <= TRACES, f"{probe} wrote {probe.wrote - TRACES}"


def _judge_what_is_nobodys(probes: list[Probe]) -> None:
    """Whoever has nothing to do with clients is shown nothing about one; the wall, four things."""
    about = models_of_people() - {"Staff"}
    shown = [
        f"{probe}: {word}"
        for probe in probes
        if probe.who in NOBODYS
        if not probe.address.has_secret
        for word in probe.words
        if word.model in about and not (probe.who == "screen" and str(word) in ON_THE_WALL)
    ]
    assert shown == []
    wall = {str(word) for probe in probes if _is_wall(probe) for word in probe.words}
    assert wall <= ON_THE_WALL
    assert "Visit.code" in wall


def _is_wall(probe: Probe) -> bool:
    return probe.who == "screen" and probe.address.name in ("visits:screen", "live:clinic")


def _judge_close_ones(probes: list[Probe]) -> None:
    """Somebody close who was given nothing sees whose page it is and their own address."""
    about = models_of_people() | {"Visit"}
    shown = {
        str(word)
        for probe in probes
        if probe.who == STRANGER
        if not probe.address.has_secret
        for word in probe.words
        if word.model in about
    }
    assert shown <= {"Client.called", "CloseOne.email"}


def _judge_classes(probes: list[Probe]) -> None:
    """The front desk arranges visits: what a client works on is not shown to it."""
    kept = {
        one.__name__
        for one in apps.get_models()
        if one._meta.app_label in KEPT_FROM_THE_DESK and one.__name__ not in SHARED_WITH_THE_DESK
    }

    def shown_to(who: str) -> set[str]:
        return {
            f"{probe.address.name}: {word}"
            for probe in probes
            if probe.who == who and not probe.address.has_secret
            for word in probe.words
            if word.model in kept
        }

    assert shown_to("desk") == set()
    # The positive twin: a therapist reads them.
    assert shown_to("therapist") != set()


def _judge_neighbours(probes: list[Probe]) -> None:
    """Another client's row, in one's own clinic, is not there; and nothing is done to it."""
    asked = [probe for probe in probes if probe.aim == NEIGHBOUR]
    assert len(asked) > 10
    assert [f"{probe} {probe.status}" for probe in asked if probe.status not in REFUSED] == []
    assert [str(probe) for probe in asked if not probe.wrote <= TRACES] == []
    # The positive twin: their own rows are there.
    twins = {(one.address.name, one.who, one.method) for one in asked}
    own = [
        probe
        for probe in probes
        if probe.aim == OWN_ROWS
        if (probe.address.name, probe.who, probe.method) in twins
        if may(probe.address, probe.who, probe.method) and probe.method == "GET"
    ]
    assert [str(probe) for probe in own if probe.status != 200 and probe.who == "client"] == []


def _judge_oracle(probes: list[Probe]) -> None:
    """Another clinic's row, another client's, and no row at all answer alike, to the byte."""
    answers: dict[tuple[str, str, str], dict[str, Probe]] = {}
    for probe in probes:
        if probe.aim != OWN_ROWS and set(probe.address.asks) - WORDS - {"token"}:
            key = (probe.address.name, probe.who, probe.method)
            answers.setdefault(key, {})[probe.aim] = probe
    told, compared = [], 0
    for by_aim in answers.values():
        # Whoever the table refuses is not asked for nobody's: then the foreign row says it.
        nobody = by_aim.get(NOBODY_ELSE) or by_aim.get(FOREIGN)
        for probe in by_aim.values():
            if nobody is None or probe is nobody or _is_theirs(probe):
                continue
            compared += 1
            if (probe.status, probe.same) != (nobody.status, nobody.same):
                told.append(f"{probe}: {probe.status}, and {nobody.status} for nobody's")
    assert told == []
    assert compared > len(answers) / 2


def _is_theirs(probe: Probe) -> bool:
    """Whoever looks after a network has its other clinics, too."""
    is_network = probe.who == "network" and probe.aim == SISTER
    return is_network and probe.address.asks == ("clinic_id",)


def test_looking_changes_nothing(swept):
    """Whoever opens every page they may leaves the record that they did, and that they were here.

    Opening what somebody asked tells them that it was read: by who answers, and by nobody else.
    """
    kept = TRACES | {"audit_entry", "audit_head"}
    reading = {"life:of-client": {"life_question", "live_pulse"}}
    wrote = set()
    for address, who in itertools.product(addresses(), PRINCIPALS):
        if not may(address, who, "GET"):
            continue
        probe = swept.ask(address, who, swept.clinics[0], OWN_ROWS, "GET")
        more = probe.wrote - kept
        if who != "glass":
            more -= reading.get(address.name, set())
        if more:
            wrote.add(f"{probe}: {sorted(more)}")
    assert wrote == set()
    # The positive twin: this one does see what is written.
    (address,) = [one for one in addresses() if one.name == "life:of-client"]
    seen = swept.ask(address, "therapist", swept.clinics[0], OWN_ROWS, "GET")
    assert "life_question" in seen.wrote


# --- negative controls: with a control switched off, the sweep finds what it let through ---


def test_without_the_narrowing_the_sweep_finds_leaks(swept, monkeypatch):
    """With every manager reading across clinics, words do leak."""
    monkeypatch.setattr(current, "reading_across", lambda: True)
    found = leaks(swept.all("GET", who=("desk",), secrets=False))
    if FOUND:
        wrong = FOUND["shown"] + FOUND["changed"]
        tell(
            Figure(
                name="access-sweep",
                chapter="Nobody where they do not belong",
                fault="somebody opens or sends what is not theirs: another clinic's of their "
                "network, a foreign network's, another client's",
                tried=f"{FOUND['asked']:,} requests: every address x GET and POST x "
                f"{len(PRINCIPALS) + 1} kinds of people and devices, judged by a word in every "
                "text field of every model and by rows before and after",
                figure=f"{wrong} of {FOUND['asked']:,} succeed ({FOUND['fields']} fields of one's "
                "own seen)",
                asked="0",
                met=wrong == 0,
                control=f"the narrowing to a clinic switched off: the front desk alone is shown "
                f"{len(found)} foreign words",
                command="pytest tests/house/test_access.py",
            )
        )
    assert found != []


def asked(swept: Sweep, who: str, is_asked: Callable[[Address], bool]) -> list[Probe]:
    """Open some addresses as somebody, at every aim."""
    here = swept.clinics[0]
    return [
        swept.ask(address, who, here, aim, "GET")
        for address in addresses()
        if is_asked(address)
        for aim in (OWN_ROWS, NEIGHBOUR)
    ]


def test_with_all_rights_given_the_sweep_sees_a_close_one_see(swept, monkeypatch):
    """With nobody asking what was given, somebody close who was given nothing sees a lot."""
    monkeypatch.setattr("alongside.access.middleware.is_shared", lambda *_a, **_k: True)
    probes = asked(swept, STRANGER, lambda one: one.name == "mine:seen")
    assert {probe.status for probe in probes} == {200}


def test_a_desk_that_a_client_sits_at_is_seen(swept, monkeypatch):
    """With the table open to clients, another client's row is there, and its words are leaks."""
    monkeypatch.setattr("alongside.access.middleware.lets", lambda *_a, **_k: True)
    probes = asked(swept, "client", lambda one: one.name == "office:client")
    assert any(" n " in leak for leak in leaks(probes))


def test_the_sweep_knows_a_word_when_it_sees_one(swept):
    word = next(iter(swept.seeds.known))
    assert swept.seeds.found_in(b"<p>" + word.upper() + b"</p>") == {swept.seeds.known[word]}
    assert swept.seeds.found_in(b"q7h00000000") == set()


def test_every_member_of_staff_has_a_page_to_begin_on(swept):
    here = swept.clinics[0]
    for who in (*STAFF, "network", "client", "close_one"):
        path = swept.browser(who, here).get("/").url
        assert swept.browser(who, here).get(path).status_code == 200, who
