"""How our waits are worked out: the page says what is true of this clinic, and of no other."""

from datetime import timedelta

import pytest
from conftest import NOW, book_for

from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.rules.waits import Laws
from alongside.visits.actions.check_in import check_in
from alongside.visits.actions.move_on import start
from alongside.visits.models import Channel, ClinicLaws
from alongside.visits.queries.how import lengths, promises

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def was_told(here, amara, luc, joon, dee, acting):
    """Two people were told a wait; one was called in time, one long after."""
    by = acting.staff(dee)
    for client, hour, late in ((luc, 8, 90), (amara, 9, 2)):
        visit = book_for(client, joon, NOW.replace(hour=hour, minute=0))
        check_in(visit, by=by, channel=Channel.DESK, now=visit.booked_at - 5 * MINUTE)
        start(visit, by=by, now=visit.booked_at + late * MINUTE)


def page(web, sign_in, who) -> str:
    answer = sign_in(web, who).get("/the-wait/how/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_told_stands_beside_what_came(web, sign_in, dee, harbour, was_told):
    with working_in(harbour):
        told = promises(harbour, clock.now(), days=90)
    assert sorted(one.kept for one in told) == [False, True]
    assert sorted(one.hour for one in told) == [8, 9]
    said = page(web, sign_in, dee)
    assert "for 1 of 2 people: 50 %" in said
    assert "Nothing was learned from your own visits yet" in said


def test_before_anybody_came_it_says_so(web, sign_in, dee, harbour):
    assert "Nobody was told a wait and went in" in page(web, sign_in, dee)


def test_what_was_learned_can_be_read(web, sign_in, dee, here, joon):
    laws = Laws.prior()
    page_of = laws.to_json() | {
        "planned": {"Visit": 45.0},
        "lengths": {
            "|": {"values": [1.0] * 20, "n": 40},
            "Visit|": {"values": [0.8 + 0.02 * n for n in range(20)], "n": 40},
            f"Visit|{joon.pk}": {"values": [1.0] * 20, "n": 30},
            "Visit|somebody who left": {"values": [1.0] * 20, "n": 9},
        },
    }
    ClinicLaws.objects.create(made_at=NOW, learned_from=40, laws=page_of)
    found = lengths(Laws.from_json(page_of))
    assert [(one.therapist, one.n) for one in found] == [("", 40), (joon.short_name, 30)]
    assert found[0].low < found[0].middle < found[0].high
    said = page(web, sign_in, dee)
    assert "Learned from 40 visits of your own" in said
    assert joon.short_name in said


def test_the_other_clinics_waits_are_not_in_it(web, sign_in, charlie, was_told):
    assert "Nobody was told a wait and went in" in page(web, sign_in, charlie)


def test_a_stranger_is_shown_the_door(web, harbour):
    assert web.get("/the-wait/how/").status_code == 302


def test_it_speaks_french(web, sign_in, dee, was_told):
    web.cookies["alongside-language"] = "fr"
    assert "Comment nos attentes sont calculées" in page(web, sign_in, dee)
