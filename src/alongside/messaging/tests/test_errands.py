"""The post goes out beside the other errands, and holds up none of them."""

import threading

import pytest

from alongside.clinics.current import working_in
from alongside.messaging import errands
from alongside.messaging.actions.queue import queue_letter


@pytest.fixture
def rounds(monkeypatch):
    """Rounds that wait for `go`, and touch no database."""
    made, go = [], threading.Event()

    def round_(clinic):
        made.append(clinic)
        go.wait(5)

    monkeypatch.setattr(errands, "_round", round_)
    monkeypatch.setattr(errands, "_rounds", {})
    yield made, go
    go.set()
    for thread in errands._rounds.values():
        thread.join(5)


def test_with_nothing_due_no_round_is_made(here, rounds, now):
    errands.send_the_post(now)
    assert rounds[0] == []


def test_one_round_at_a_time_for_each_clinic(harbour, hillside, amara, letter, acting, rounds, now):
    made, go = rounds
    with working_in(harbour):
        queue_letter(amara, letter(), by=acting.clock(harbour), now=now)
        errands.send_the_post(now)
        errands.send_the_post(now)
        assert made == [harbour.pk]
        go.set()
        errands._rounds[harbour.pk].join(5)
        errands.send_the_post(now)
        errands._rounds[harbour.pk].join(5)
    assert made == [harbour.pk, harbour.pk]
    with working_in(hillside):
        errands.send_the_post(now)
    assert len(made) == 2


def test_a_round_works_for_its_clinic_and_survives_what_breaks(
    harbour, monkeypatch, caplog, at_ten_past_ten
):
    from alongside.clinics import current

    seen = []
    monkeypatch.setattr(errands.connection, "close", lambda: None)
    monkeypatch.setattr(errands, "deliver_due", lambda _: seen.append(current.clinic_id()))
    errands._round(harbour.pk)
    assert seen == [harbour.pk]
    monkeypatch.setattr(errands, "deliver_due", lambda _: 1 / 0)
    errands._round(harbour.pk)
    assert "broke" in caplog.text
