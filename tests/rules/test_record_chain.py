"""A change of any kind shows, and its row is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.record_chain import Row, digest_of, sorted_json, walk

KEY = b"a key of the tests"
BLANK = Row(
    clinic="c" * 32, id="1" * 32, number=1, at="2026-11-24 09:12:00.000000", actor_kind="staff",
    actor_id="a" * 32, actor_label="Dee", verb="visits.check_in", is_read=False,
    client_key="b" * 32, about="", detail="{}", previous="", digest="",
)  # fmt: skip


def chain(length: int, key: bytes = KEY) -> list[Row]:
    rows: list[Row] = []
    for number in range(1, length + 1):
        before = rows[-1].digest if rows else ""
        row = BLANK._replace(number=number, id=f"{number:032x}", previous=before)
        rows.append(row._replace(digest=digest_of(row, key)))
    return rows


ROWS = chain(12)


def test_an_untouched_chain_is_good_and_its_end_is_given():
    verdict = walk(ROWS, KEY)
    assert (verdict.rows, verdict.first_bad, verdict.end) == (12, None, ROWS[-1].digest)
    assert walk([], KEY).first_bad is None


@pytest.mark.parametrize("field", Row._fields)
def test_a_change_in_any_field_of_any_row_names_that_row(field: str):
    for index, row in enumerate(ROWS):
        was = getattr(row, field)
        new = not was if isinstance(was, bool) else was + 7 if isinstance(was, int) else f"{was}0"
        changed = [*ROWS[:index], row._replace(**{field: new}), *ROWS[index + 1 :]]
        verdict = walk(changed, KEY)
        assert verdict.first_bad in (index + 1, index + 8)
        assert verdict.rows == index + 1


def test_a_row_of_the_wrong_sort_is_a_bad_row_and_no_crash():
    for field in ("actor_label", "verb", "at", "about"):
        assert walk([ROWS[0]._replace(**{field: None}), *ROWS[1:]], KEY).first_bad == 1


@pytest.mark.parametrize("index", range(11))
def test_a_row_taken_out_put_in_or_moved_is_found_where_it_was(index: int):
    out = walk([*ROWS[:index], *ROWS[index + 1 :]], KEY)
    assert (out.rows, out.why) == (index + 1, f"row {index + 1} is missing")
    put_in = ROWS[index]._replace(verb="visits.nothing")
    assert walk([*ROWS[:index], put_in, *ROWS[index:]], KEY).rows == index + 1
    swapped = [*ROWS[:index], ROWS[index + 1], ROWS[index], *ROWS[index + 2 :]]
    assert walk(swapped, KEY).rows == index + 1


def test_swapped_rows_that_were_numbered_anew_are_found():
    two, one = ROWS[1]._replace(number=1), ROWS[0]._replace(number=2)
    assert walk([two, one, *ROWS[2:]], KEY).first_bad == 1


def test_a_chain_forged_whole_with_another_key_is_found_at_its_first_row():
    assert walk(chain(12, key=b"another"), KEY).first_bad == 1


def test_an_end_that_was_cut_off_shows_by_an_anchor_only():
    anchor = (12, ROWS[-1].digest)
    assert walk(ROWS, KEY, anchors=[anchor]).first_bad is None
    assert walk(ROWS[:9], KEY).first_bad is None, "by itself a shorter chain is a good chain"
    cut = walk(ROWS[:9], KEY, anchors=[anchor])
    assert (cut.first_bad, cut.why) == (10, "the end was cut off: row 12 was here once")
    assert walk([], KEY, anchors=[anchor]).first_bad == 1


def test_whoever_has_the_key_and_writes_anew_is_found_by_the_anchor():
    forged = chain(3)
    last = forged[2]._replace(verb="visits.nothing")
    forged[2] = last._replace(digest=digest_of(last, KEY))
    assert walk(forged, KEY).first_bad is None
    assert walk(forged, KEY, anchors=[(3, ROWS[2].digest)]).first_bad == 3


TEXT = st.text(max_size=12)
SAID = st.tuples(TEXT, TEXT, TEXT, TEXT, st.dictionaries(TEXT, TEXT | st.integers(), max_size=3))


@given(SAID, SAID)
def test_two_rows_have_one_digest_only_if_they_say_the_same(one, two):
    """No text can be written so that it is taken for two fields."""
    names = ("actor_kind", "actor_label", "verb", "about")
    rows = [
        BLANK._replace(**dict(zip(names, said[:4], strict=True)), detail=sorted_json(said[4]))
        for said in (one, two)
    ]
    same = digest_of(rows[0], KEY) == digest_of(rows[1], KEY)
    assert same is (rows[0] == rows[1])
