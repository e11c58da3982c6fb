"""Outcomes as files: the page's rows, nobody's own, read back by others; and it is on record."""

import csv
from datetime import date
from io import StringIO

import duckdb
import pytest
from django.test import Client as Browser

from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.outcomes.tests.conftest import service, somebody, took, went
from alongside.outcomes.views.files import COLUMNS
from alongside.ui.tables import Column, as_parquet

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
CSV, PARQUET = "/outcomes/outcomes.csv", "/outcomes/outcomes.parquet"


def as_csv(browser, path=CSV) -> list[dict[str, str]]:
    answer = browser.get(path)
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def by_duckdb(content: bytes, folder):
    """Read a file by a reader of other hands: names and types, then rows."""
    place = folder / "read.parquet"
    place.write_bytes(content)
    with duckdb.connect() as reader:
        table = reader.execute("select * from read_parquet(?)", [str(place)])
        types = {name: str(kind) for name, kind, *_rest in table.description}
        return types, [dict(zip(types, row, strict=True)) for row in table.fetchall()]


def test_the_csv_has_the_rows_of_the_page(lead, groups, harbour):
    rows = as_csv(lead)
    assert [row["by"] for row in rows] == ["all"] + ["kind"] * 4 + ["service"] * 4
    whole = rows[0]
    assert (whole["clinic"], whole["of"], whole["people"]) == (harbour.name, "goals", "21")
    assert (whole["first_day"], whole["last_day"]) == ("2025-11-01", "2026-10-31")
    cooking = next(row for row in rows if row["group"] == "Cooking")
    assert float(cooking["gain"]) == 3.5
    assert (cooking["better"], cooking["on_average"]) == ("6", "better")


def test_of_who_may_not_be_shown_there_is_a_name_and_no_number(lead, groups):
    quiet = next(row for row in as_csv(lead) if row["group"] == "Quiet hour")
    known = {name for name, value in quiet.items() if value}
    assert known == {"clinic", "of", "first_day", "last_day", "by", "group"}


def test_parquet_says_the_same_as_csv_and_keeps_types(lead, groups, tmp_path):
    answer = lead.get(PARQUET)
    assert answer["Content-Disposition"].endswith('outcomes-goals-2026-10-12-months.parquet"')
    types, rows = by_duckdb(answer.content, tmp_path)
    kinds = {"text": "VARCHAR", "day": "DATE", "count": "BIGINT", "number": "DOUBLE"}
    assert types == {one.name: kinds[one.kind] for one in COLUMNS}
    assert rows[0]["first_day"] == date(2025, 11, 1)
    written = [{name: "" if v is None else str(v) for name, v in row.items()} for row in rows]
    assert written == as_csv(lead)


def test_what_a_spreadsheet_would_run_is_text(lead, harbour):
    evil = service(harbour, "=HYPERLINK(1)")
    for number in range(5):
        client = somebody(harbour, number)
        went(client, 2, 6)
        took(client, evil)
    text = lead.get(CSV).content.decode("utf-8-sig")
    assert ",'=HYPERLINK(1)," in text
    assert ",=HYPERLINK" not in text


def test_no_person_and_no_therapist_is_in_a_file(lead, groups, joon, sees, harbour):
    for number in range(12):
        client = somebody(harbour, number, "Seldom")
        went(client, 2, 6)
        sees(client, joon, 1)
    text = lead.get(CSV).content.decode()
    assert "Joon" not in text
    assert "Seldom" not in text
    assert {row["by"] for row in as_csv(lead)} == {"all", "kind", "service"}


@pytest.mark.parametrize(("path", "shape"), [(CSV, "csv"), (PARQUET, "parquet")])
def test_a_file_that_is_kept_is_on_record(path, shape, lead, groups, harbour, noor):
    lead.get(f"{path}?months=36")
    with working_in(harbour):
        entry = Entry.objects.get(verb="outcomes.keep_file")
    assert entry.detail == {"of": "goals", "months": 36, "as": shape}
    assert (entry.actor_label, entry.is_read, entry.client_key) == (noor.name, True, None)


def test_who_may_not_have_it_leaves_no_file_behind(groups, sign_in, joon, harbour):
    assert sign_in(Browser(), joon).get(CSV).status_code == 403
    with working_in(harbour):
        assert not Entry.objects.filter(verb="outcomes.keep_file").exists()


def test_the_other_clinics_file_has_nothing_of_it(sign_in, other_lead, groups):
    (row,) = as_csv(sign_in(Browser(), other_lead))
    assert (row["by"], row["people"]) == ("all", "")


def test_an_empty_table_is_a_file_too(tmp_path):
    columns = (Column("a", "text"), Column("b", "day"), Column("c", "count"))
    types, rows = by_duckdb(as_parquet(columns, []), tmp_path)
    assert (types, rows) == ({"a": "VARCHAR", "b": "DATE", "c": "BIGINT"}, [])


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="columns"):
        as_parquet((Column("a", "text"),), [["x", "y"]])
