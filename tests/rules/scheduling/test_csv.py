"""Lists of bookings, as spreadsheets write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rules.scheduling.csv_rows import BadCell, Row, read_row
from alongside.rules.scheduling.csv_text import (
    LARGEST,
    MOST_ROWS,
    BadFile,
    Sheet,
    Unreadable,
    decode,
    read_sheet,
)

PARIS = ZoneInfo("Europe/Paris")
HEAD = "date,time,therapist,kind,first_name,last_name"
ROW = "2026-12-01,10:00,Joon,Séance,Amara,Diallo"
PLAIN = f"{HEAD}\n{ROW}\n"


def only(text: str) -> Row:
    (line,) = read_sheet(text).lines
    row, faults = read_row(line, PARIS, ["en", "fr"])
    assert faults == []
    assert row is not None
    return row


def faults_of(row: str, head: str = HEAD) -> list[tuple[int, str, BadCell]]:
    (line,) = read_sheet(f"{head}\n{row}\n").lines
    found, faults = read_row(line, PARIS, ["en", "fr"])
    assert (found is None) == bool(faults)
    return [(fault.line, fault.column, fault.what) for fault in faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_a_spreadsheet_writes_is_read(encoding, separator, end):
    raw = PLAIN.replace(",", separator).replace("\n", end).encode(encoding)
    row = only(decode(raw))
    assert row.kind == "Séance"
    assert row.at == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert row.line == 2


def test_big_endian_is_read_as_well():
    assert decode(b"\xfe\xff" + PLAIN.encode("utf-16-be")).startswith("date")


@pytest.mark.parametrize("raw", [b"\x00\x01\x02", b"date\0,time", b"\xff\xfe\x00", b"\x81\x8d"])
def test_what_is_no_text_is_said_so(raw):
    with pytest.raises(Unreadable) as refused:
        decode(raw)
    assert refused.value.why is BadFile.NOT_TEXT


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    with pytest.raises(Unreadable) as refused:
        decode(b"a" * (LARGEST + 1))
    assert refused.value.why is BadFile.TOO_LARGE


@pytest.mark.parametrize("text", ["", "  \n\n", f"{HEAD}\n", f"{HEAD}\n,,,,,\n"])
def test_a_file_without_a_booking_is_empty(text):
    with pytest.raises(Unreadable) as refused:
        read_sheet(text)
    assert refused.value.why is BadFile.EMPTY


def test_missing_columns_are_named():
    with pytest.raises(Unreadable) as refused:
        read_sheet("date,time,first_name,last_name\n1,2,3,4\n")
    assert refused.value.why is BadFile.COLUMN_MISSING
    assert refused.value.columns == ("therapist", "kind")


def test_a_column_that_comes_twice_is_named():
    with pytest.raises(Unreadable) as refused:
        read_sheet(f"{HEAD},Time\n{ROW},11:00\n")
    assert (refused.value.why, refused.value.columns) == (BadFile.COLUMN_TWICE, ("time",))


def test_more_rows_than_the_limit_are_refused():
    with pytest.raises(Unreadable) as refused:
        read_sheet(HEAD + f"\n{ROW}" * (MOST_ROWS + 1))
    assert refused.value.why is BadFile.TOO_MANY_ROWS
    assert len(read_sheet(HEAD + f"\n{ROW}" * MOST_ROWS).lines) == MOST_ROWS


@pytest.mark.parametrize("text", ['"', '"" ', "'", ";;;\n1;2"])
def test_a_lonely_quotation_mark_is_no_heading(text):
    with pytest.raises(Unreadable) as refused:
        read_sheet(text)
    assert refused.value.why is BadFile.NO_COLUMNS


def test_a_million_columns_are_refused():
    with pytest.raises(Unreadable) as refused:
        read_sheet(HEAD + "," * 1_000_000 + f"\n{ROW}\n")
    assert refused.value.why is BadFile.NO_COLUMNS


def test_french_headings_are_known_however_they_are_written():
    row = only("Date;Heure;Thérapeute;Type;Prénom;NOM;Durée\n1/12/2026;9h30;Joon;Séance;A;D;30\n")
    assert (row.at.hour, row.at.minute, row.planned) == (9, 30, timedelta(minutes=30))


def test_columns_we_do_not_know_are_told_and_left_alone():
    sheet = read_sheet(f"{HEAD},Diagnosis\n{ROW},secret\n")
    assert sheet.ignored == ["Diagnosis"]
    assert "secret" not in str(sheet.lines)


def test_a_cell_may_hold_the_separator_and_a_line_break_and_lines_are_still_counted():
    text = f'{HEAD},asked_for\n{ROW},"To cook,\nand to carry"\n\n{ROW},x\n'
    first, second = read_sheet(text).lines
    assert first.cells["asked_for"] == "To cook, and to carry"
    assert (first.number, second.number) == (2, 5)


@pytest.mark.parametrize(
    ("cell", "column", "what"),
    [
        ("31/02/2026,10:00,J,K,A,D", "date", BadCell.NOT_A_DATE),
        ("0001-01-01,00:00,J,K,A,D", "date", BadCell.NOT_A_DATE),
        ("9999-12-31,23:59,J,K,A,D", "date", BadCell.NOT_A_DATE),
        ("tomorrow,10:00,J,K,A,D", "date", BadCell.NOT_A_DATE),
        (",10:00,J,K,A,D", "date", BadCell.EMPTY),
        ("2026-12-01,25:00,J,K,A,D", "time", BadCell.NOT_A_TIME),
        ("2026-12-01,10,J,K,A,D", "time", BadCell.NOT_A_TIME),
        ("2026-03-29,02:30,J,K,A,D", "time", BadCell.NO_SUCH_TIME),
        ("2026-12-01,10:00,,K,A,D", "therapist", BadCell.EMPTY),
        (f"2026-12-01,10:00,J,K,{'A' * 81},D", "first_name", BadCell.TOO_LONG),
        ("2026-12-01,10:00,J,K,A,D,extra", "", BadCell.TOO_MANY_CELLS),
        ("2026-12-01,10:00,J,K", "first_name", BadCell.EMPTY),
        ("٢٠٢٦-12-01,10:00,J,K,A,D", "date", BadCell.NOT_A_DATE),
    ],
)
def test_a_fault_names_its_line_and_its_column(cell, column, what):
    assert (2, column, what) in faults_of(cell)


@pytest.mark.parametrize(
    ("head", "cell", "what"),
    [
        ("email", "amara at home", BadCell.NOT_AN_EMAIL),
        ("mobile", "ask her son", BadCell.NOT_A_MOBILE),
        ("language", "Wolof", BadCell.UNKNOWN_LANGUAGE),
        ("planned", "an hour", BadCell.NOT_MINUTES),
        ("planned", "0", BadCell.NOT_MINUTES),
        ("planned", "999", BadCell.NOT_MINUTES),
    ],
)
def test_a_fault_in_a_column_that_may_be_left_out(head, cell, what):
    assert faults_of(f"{ROW},{cell}", f"{HEAD},{head}") == [(2, head, what)]


def test_a_short_line_whose_date_stands_last_is_told():
    found = faults_of("10:00,J", "time,therapist,kind,first_name,last_name,date")
    assert (2, "date", BadCell.EMPTY) in found


def test_all_faults_of_a_line_are_told_at_once():
    assert len(faults_of("x,y,,,,")) == 6


@given(st.binary(max_size=3000) | st.text(max_size=1000).map(lambda text: text.encode()))
@settings(deadline=None)
def test_no_bytes_break_the_reader(raw):
    readable(raw)


@given(
    st.lists(st.lists(st.text(max_size=12), max_size=9), max_size=6),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(deadline=None)
def test_no_cells_break_the_reader(rows, separator, encoding):
    text = "\n".join(separator.join(cells) for cells in [HEAD.split(","), *rows])
    readable(text.encode(encoding, "surrogatepass"))


def readable(raw: bytes) -> None:
    try:
        sheet = read_sheet(decode(raw))
    except Unreadable:
        return
    assert isinstance(sheet, Sheet)
    for line in sheet.lines:
        row, faults = read_row(line, PARIS, ["en", "fr"])
        assert (row is None) == bool(faults)
