"""The record checked as a stream says what its rows say one by one; anchors hold its end."""

import time
from argparse import ArgumentParser
from datetime import UTC, timedelta

import pytest

from alongside.audit import anchors
from alongside.audit.actions.record import record
from alongside.audit.chain import key, row_of
from alongside.audit.models import Entry
from alongside.audit.verify import verdicts, verify_clinic
from alongside.clinics.current import working_in
from alongside.rules.record_chain import Row, digest_of, walk
from alongside.site.commands import _folder, audit

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(here, amara, dee, acting, now):
    """Rows with everything that a row can hold, odd signs and nothing at all among it."""
    by = acting.staff(dee)
    details = [{}, {"b": [1, {"ü": None}], "a": "“x”"}, {"n": 1.5, "t": True}, {"'": '"\\'}]
    for number, detail in enumerate(details):
        at = now + timedelta(microseconds=number * 7)
        record("visits.check_in", by=by, now=at, client=amara.pk, about="x|y", detail=detail)
    record("office.look", by=acting.clock(here), now=now.astimezone(UTC), is_read=True)
    return here


def test_the_stream_reads_what_the_rows_say(written):
    from django.db import connection

    from alongside.audit import rows

    read = rows.in_postgres if connection.vendor == "postgresql" else rows.in_sqlite
    with connection.cursor() as cursor:
        assert list(read(cursor, written.pk)) == [row_of(one) for one in Entry.objects.all()]


def test_a_whole_record_is_whole(written, hillside, charlie, acting, now):
    with working_in(hillside):
        record("visits.see_board", by=acting.staff(charlie), now=now)
    found = verdicts()
    assert {clinic: verdict.first_bad for clinic, verdict in found.items()} == {
        written.pk.hex: None,
        hillside.pk.hex: None,
    }
    assert [found[one.pk.hex].rows for one in (written, hillside)] == [5, 1]


def test_another_key_finds_every_record_bad(written, settings):
    settings.SECRET_KEY = "another"
    assert verify_clinic(written.pk).first_bad == 1


def test_an_anchor_that_the_record_outgrew_still_holds(written, acting, dee, now, tmp_path):
    file = tmp_path / "anchor.json"
    file.write_text(anchors.text_of(anchors.ends(), now=now))
    record("visits.check_in", by=acting.staff(dee), now=now)
    known = anchors.read([file])
    assert known == {written.pk: [(5, Entry.objects.get(number=5).digest)]}
    assert verify_clinic(written.pk, known=known[written.pk]).first_bad is None
    other = [(5, "0" * 64)]
    assert verify_clinic(written.pk, known=other).first_bad == 5
    later = [(9, "0" * 64)]
    assert verify_clinic(written.pk, known=later).first_bad == 7


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"heads": {"x": {}}}', '{"heads": 7}'])
def test_a_file_that_is_no_anchor_is_said_to_be_none(tmp_path, text):
    (tmp_path / "x").write_text(text)
    with pytest.raises(anchors.NotAnAnchor, match="does not say"):
        anchors.read([tmp_path / "x"])


def test_an_anchor_holds_no_name(written, now):
    text = anchors.text_of(anchors.ends(), now=now)
    assert not any(word in text for word in ("Dee", "Amara", "Harbour", "check_in"))


def told(capsys, monkeypatch, *words: str) -> tuple[int, str]:
    monkeypatch.setattr(_folder, "look_at", lambda _: None)
    parser = ArgumentParser()
    audit.add_arguments(parser)
    status = audit.run(parser.parse_args(words))
    out = capsys.readouterr()
    return status, out.out + out.err


def test_the_command_says_how_the_record_is(written, hillside, capsys, monkeypatch, tmp_path):
    status, said = told(capsys, monkeypatch, "verify")
    assert status == 0
    assert "Harbour Street OT: 5 rows, all as they were written" in said
    assert "shows only by an anchor" in said
    file = str(tmp_path / "a.json")
    assert told(capsys, monkeypatch, "anchor", "--to", file) == (0, "")
    status, said = told(
        capsys, monkeypatch, "verify", "--anchor", file, "--clinic", "Hillside Rehab"
    )
    assert (status, "Harbour" in said) == (0, False)
    assert told(capsys, monkeypatch, "verify", "--clinic", "Nowhere")[0] == 2
    assert told(capsys, monkeypatch, "verify", "--anchor", str(tmp_path))[0] == 2


def test_the_command_names_the_row(written, capsys, monkeypatch, settings):
    settings.SECRET_KEY = "another"
    status, said = told(capsys, monkeypatch, "verify", "--clinic", str(written.pk))
    assert status == 1
    assert "row 1 is bad: it is not what was written" in said


def test_twenty_thousand_rows_cost_what_a_million_in_thirty_seconds_may():
    """By CPU, so that a busy machine does not matter; `make faults` reads a million from a file."""
    blank = Row("c" * 32, "1" * 32, 0, "2026-11-24 09:12:00.000000", "staff", "a" * 32, "Dee",
                "visits.check_in", False, "b" * 32, "visit", '{"a":1}', "", "")  # fmt: skip
    rows, before = [], ""
    for number in range(1, 20_001):
        row = blank._replace(number=number, previous=before)
        before = digest_of(row, key())
        rows.append(row._replace(digest=before))
    began = time.process_time()
    assert walk(rows, key()).first_bad is None
    each = (time.process_time() - began) / len(rows)
    assert each < 20e-6, f"{each * 1e6:.1f} µs of CPU a row"
