"""Who may open what: every address, everybody, both clinics, every byte that comes out."""

from collections import Counter

import pytest

from alongside.access.policy import POLICY, row_for
from alongside.clinics import current
from alongside.clinics.models import Network
from tests.house.canaries import Seeds, sow
from tests.house.sweep import (
    PRINCIPALS,
    STAFF,
    WORDS,
    Probe,
    Sweep,
    addresses,
    may,
    models_of_people,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]


@pytest.fixture
def swept(db, settings):
    """Both clinics, full of words, and everybody in front of a browser."""
    settings.DEMO = True
    network = Network.objects.create(name="Two Streets")
    seeds = Seeds()
    return Sweep(seeds, (sow("h", network, seeds), sow("s", network, seeds)))


@pytest.fixture
def pictured(swept):
    """The same, with a picture of each clinic taken before anything is asked."""
    for here in swept.clinics:
        swept.before(here)
    return swept


def leaks(probes: list[Probe]) -> list[str]:
    """Name each word of the other clinic that somebody was shown."""
    return [
        f"{probe}: {word}"
        for probe in probes
        for word in sorted(probe.words, key=str)
        if word.letter != probe.of.letter
    ]


def test_every_address_has_a_row_and_every_row_an_address():
    there = {address.name for address in addresses()}
    assert there - set(POLICY) == set(), "no row in access/policy.py: nobody may open these"
    assert set(POLICY) - there == set(), "a row without an address"


def test_an_address_without_a_row_is_refused_to_everybody(swept, monkeypatch):
    monkeypatch.delitem(POLICY, "office:clients")
    (address,) = [one for one in addresses() if one.name == "office:clients"]
    for here in swept.clinics:
        for who in PRINCIPALS:
            assert swept.ask(address, who, here, "own", "GET").status == 403


def test_nobody_is_shown_a_word_of_the_other_clinic(pictured, capsys):
    swept = pictured
    probes = [*swept.all("GET"), *swept.all("POST")]
    asked = len(probes)
    with capsys.disabled():
        print(f"\n{asked} requests over {len(addresses())} addresses: ", end="")
        print(f"{len(leaks(probes))} words of the other clinic ", end="")
        own = {str(word) for probe in probes for word in probe.words}
        print(f"({len(own)} fields of one's own seen)")
    assert leaks(probes) == []
    assert [str(probe) for probe in probes if probe.changed] == [], "wrote in the other clinic"
    broken = [f"{probe} {probe.status}" for probe in probes if probe.status >= 500]
    assert broken == []
    assert asked >= 3 * len(addresses()) * len(PRINCIPALS)
    _judge_twins(probes)
    _judge_table(probes)
    _judge_trainer_and_screen(probes)
    _judge_oracle(probes)


def _judge_twins(probes: list[Probe]) -> None:
    """What must be seen is seen: a sweep that sees nothing would prove nothing."""
    seen = Counter(
        (probe.of.letter, probe.who, str(word)) for probe in probes for word in probe.words
    )
    for letter in "hs":
        for who in ("desk", "therapist", "manager"):
            for word in ("Client.first_name", "Client.mobile", "Card.helps", "Card.avoid"):
                assert seen[letter, who, word], f"{who} of {letter} was never shown {word}"
        for word in ("Staff.name", "User.email", "Room.name", "Clinic.way_in", "Device.name"):
            assert seen[letter, "manager", word], f"the manager of {letter} never saw {word}"
    bare = {
        probe.address.name
        for probe in probes
        if probe.aim == "own" and probe.method == "GET" and probe.status == 200
        if any(ask.endswith("_id") for ask in probe.address.asks)
        if not probe.words and may(probe.address, probe.who, "GET")
    }
    assert bare == set(), "a page about a row that shows nothing of it"


def _judge_table(probes: list[Probe]) -> None:
    """Whoever the table does not name is refused, whatever they ask for."""
    for probe in probes:
        row = row_for(probe.address.name)
        assert row is not None
        if may(probe.address, probe.who, probe.method) or row.link:
            continue
        named = row.read if probe.method == "GET" else row.send
        if probe.who == "ex-staff" and "anyone" in {kind.value for kind in named}:
            continue
        if probe.who == "client" and "anyone" in {kind.value for kind in named}:
            # Without their link, a client is anyone.
            continue
        assert probe.status in (302, 401, 403, 404, 405), f"{probe} answered {probe.status}"


def _judge_trainer_and_screen(probes: list[Probe]) -> None:
    """A trainer, a screen and a stranger are shown nothing about a client."""
    about = models_of_people()
    allowed = {"Visit.code"}
    shown = [
        f"{probe}: {word}"
        for probe in probes
        if probe.who in ("trainer", "screen", "ex-staff")
        if not probe.address.has_secret
        for word in probe.words
        if word.model in about and str(word) not in allowed
    ]
    assert shown == []


def _judge_oracle(probes: list[Probe]) -> None:
    """Another clinic's row and no row at all answer alike, to the byte."""
    answers: dict[tuple[str, str, str, str], dict[str, Probe]] = {}
    for probe in probes:
        if probe.aim != "own" and set(probe.address.asks) - WORDS:
            key = (probe.address.name, probe.who, probe.of.letter, probe.method)
            answers.setdefault(key, {})[probe.aim] = probe
    assert answers
    told = [
        str(pair["other"])
        for pair in answers.values()
        if "nobody" in pair
        if (pair["other"].status, pair["other"].same)
        != (pair["nobody"].status, pair["nobody"].same)
    ]
    assert told == []


def test_without_the_narrowing_the_sweep_finds_leaks(swept, monkeypatch):
    """The negative control: with every manager reading across clinics, words do leak."""
    monkeypatch.setattr(current, "reading_across", lambda: True)
    assert leaks(list(swept.all("GET", who=("desk",), secrets=False))) != []


def test_the_sweep_knows_a_word_when_it_sees_one(swept):
    word = next(iter(swept.seeds.known))
    assert swept.seeds.found_in(b"<p>" + word.upper() + b"</p>") == {swept.seeds.known[word]}
    assert swept.seeds.found_in(b"q7h00000000") == set()


def test_every_member_of_staff_has_a_page_to_begin_on(swept):
    (home,) = [one for one in addresses() if one.name == "home"]
    for here in swept.clinics:
        for who in STAFF:
            path = swept.browser(who, here).get("/").url
            assert swept.browser(who, here).get(path).status_code == 200, (home, who)
