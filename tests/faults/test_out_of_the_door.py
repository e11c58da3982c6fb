"""What leaves the house, and where we let ourselves be sent, counted."""

import csv
import io
import random
import time

import pytest
from scripts.figures import Figure, tell

from alongside.clinics.models import Network
from alongside.messaging import fetch as fetching
from alongside.messaging.actions import queue
from alongside.messaging.tests.test_fetch import SPELLINGS, Listener, tried
from alongside.messaging.tests.test_fetch import listener as listener
from alongside.messaging.tests.test_fetch import names as names
from alongside.rules.cells import STARTS, UNSEEN, as_csv, as_it_was
from alongside.visits.messages import booking
from tests.house import letters
from tests.house.canaries import Seeds, sow

CELLS = 10_000
DANGEROUS = tuple(STARTS + "\t\r\n")
SIGNS = [*STARTS, *UNSEEN.replace("\0", ""), *"\t\r\n;,|'\"", "A1", "cmd", "1", "é"]


@pytest.fixture(autouse=True)
def _once(engine: str) -> None:
    if engine != "SQLite":
        pytest.skip("no database is asked")


def test_no_spelling_of_an_address_leads_inside(listener: Listener, names, monkeypatch):
    for url in SPELLINGS:
        tried(url.format(p=listener.port))
    time.sleep(0.05)
    hits = listener.hits
    monkeypatch.setattr(fetching, "is_public", lambda _: True)
    for url in SPELLINGS[:21]:
        tried(url.format(p=listener.port))
    time.sleep(0.05)
    control = listener.hits - hits
    tell(
        Figure(
            name="fetched-addresses",
            chapter="Out of the door",
            fault="an address that is asked leads back inside (SSRF)",
            tried=f"{len(SPELLINGS)} spellings (decimal, octal, IPv6, mapped, translated, names "
            "that lead inside, one that changes its mind) against a listener on this machine",
            figure=f"{hits} reached it",
            asked="0 of at least 40",
            met=hits == 0,
            control=f"without judging where a name leads: {control} of 21 reached it",
            command="make faults ARGS='-k out_of_the_door'",
        )
    )
    assert hits == 0
    assert control > 0


def _dangerous(text: str) -> int:
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    return sum(
        cell.lstrip(UNSEEN).startswith(DANGEROUS) and not cell.startswith("'") for cell in cells
    )


def test_no_cell_starts_a_formula():
    dice = random.Random(7)
    cells = ["".join(dice.choices(SIGNS, k=dice.randint(1, 9))) for _ in range(CELLS)]
    rows = [cells[place : place + 10] for place in range(0, CELLS, 10)]
    text = as_csv(rows)
    found = _dangerous(text)
    read = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    lost = sum(as_it_was(cell) != was for cell, was in zip(read, cells, strict=True))
    bare = io.StringIO()
    csv.writer(bare).writerows(rows)
    control = _dangerous(bare.getvalue())
    tell(
        Figure(
            name="formulas-in-tables",
            chapter="Out of the door",
            fault="a cell of a table starts a formula in a spreadsheet",
            tried=f"{CELLS:,} cells put together from the signs that start one, marks that nobody "
            "sees, quotes and separators",
            figure=f"{found} start one, {lost} lost what they said",
            asked="0",
            met=found == lost == 0,
            control=f"the bare library: {control:,} start one",
            command="make faults ARGS='-k out_of_the_door'",
        )
    )
    assert found == lost == 0
    assert control > 1000


@pytest.mark.django_db
@pytest.mark.usefixtures("at_ten_past_ten")
def test_no_letter_tells_more_than_it_may(settings, monkeypatch):
    settings.EMAIL_IS_SET = True
    settings.DEFAULT_FROM_EMAIL = "post@clinic.example"
    sown = sow("h", Network.objects.create(name="Two Streets"), Seeds())
    told: set[str] = set()
    written = 0
    with sown.inside():
        for name in sorted(letters.WRITTEN):
            for by in ("email", "sms"):
                for language in ("en", "fr"):
                    for message in letters.write(name, sown, language=language, by=by):
                        leaving = b"\n".join(letters.every_byte(message))
                        told |= {str(one) for one in sown.seeds.found_in(leaving)}
                        written += 1
        too_much = told - letters.MAY_CARRY - {letters.ADDRESSED_TO}
        monkeypatch.setattr(queue, "says_too_much", lambda *_, **__: None)
        plain = booking._named
        monkeypatch.setattr(
            booking, "_named",
            lambda visit, link: {**plain(visit, link), "name": visit.therapist.profession},
        )  # fmt: skip
        (message,) = letters.write("booked", sown, language="en", by="email")
        leaving = b"\n".join(letters.every_byte(message))
        control = {str(one) for one in sown.seeds.found_in(leaving)} - letters.MAY_CARRY
    tell(
        Figure(
            name="letters",
            chapter="Out of the door",
            fault="a letter or text message tells something about somebody's care",
            tried=f"every letter there is ({len(letters.WRITTEN)}) by e-mail and text message, in "
            f"both languages: {written} messages, every byte; {len(sown.seeds.known)} words "
            "planted in every text field",
            figure=f"{len(too_much)} words but the first name and the neutral sender",
            asked="0",
            met=not too_much,
            control=f"a letter that names the therapist's profession, the guard asleep: "
            f"{len(control - {letters.ADDRESSED_TO})} found",
            command="make faults ARGS='-k out_of_the_door'",
        )
    )
    assert too_much == set()
    assert "Staff.profession" in control
