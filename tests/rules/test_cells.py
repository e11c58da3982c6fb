"""No cell of a table that leaves the house starts a formula, and none loses what it said."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alongside.rules.cells import STARTS, UNSEEN, as_csv, as_it_was, safe

DANGEROUS = tuple(STARTS + "\t\r\n")
# Mostly what an attacker would put together, now and then anything at all.
SIGNS = st.sampled_from([*STARTS, *UNSEEN, *"\t\r\n;,|", "'", '"', "A1", "cmd", "1", "é"])
NASTY = st.lists(SIGNS, max_size=9).map("".join)
CELLS = st.one_of(NASTY, NASTY, st.text(max_size=12))
# Twenty-five cells to a table: 400 tables are 10,000 cells.
TABLES = st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=5, max_size=5)


def taken_apart(text: str, separator: str) -> list[str]:
    """Give the cells that a spreadsheet with this separator sees."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [cell for row in rows for cell in row]


def is_dangerous(cell: str) -> bool:
    return cell.lstrip(UNSEEN).startswith(DANGEROUS) and not cell.startswith("'")


@settings(max_examples=400, deadline=None)
@given(TABLES)
def test_no_cell_of_ten_thousand_starts_a_formula_and_none_is_lost(rows):
    text = as_csv(rows)
    read = taken_apart(text, ",")
    assert [cell for cell in read if is_dangerous(cell)] == []
    assert [as_it_was(cell) for cell in read] == [cell for row in rows for cell in row]


@settings(max_examples=200, deadline=None)
@given(CELLS)
@example(";\t")
@example(";\t=1")
def test_a_spreadsheet_that_expects_semicolons_finds_no_formula_either(cell):
    assert not any(is_dangerous(piece) for piece in safe(cell).split(";"))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("\ufeff=1", "'\ufeff=1"),
        ('"=1"', '\'"=1"'),
        ("'=1", "''=1"),
        (" @SUM(A1)", "' @SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("Amara;=cmd|' /C calc'!A0", "Amara;'=cmd|' /C calc'!A0"),
        ("'t Hooft", "'t Hooft"),
        ("10:30 - 11:15", "10:30 - 11:15"),
        ("a, b", "a, b"),
        (-5, "-5"),
        (float("-inf"), "'-inf"),
        (None, ""),
        ("", ""),
    ],
)
def test_only_what_could_be_a_formula_is_changed(cell, written):
    assert safe(cell) == written


def test_a_writer_without_care_would_be_found():
    """The control: the same eyes on cells written by the bare library."""
    text = io.StringIO()
    csv.writer(text).writerow(["=1+1", "Amara", "\ufeff@SUM(A1)"])
    assert sum(is_dangerous(cell) for cell in taken_apart(text.getvalue(), ",")) == 2
