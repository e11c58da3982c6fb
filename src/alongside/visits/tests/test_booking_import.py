"""Importing a list: errors that say where and what, duplicates found, all of it or nothing."""

import unicodedata
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, PARIS, book_for
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.audit.models import Entry
from alongside.clinics.current import NoClinic, working_in
from alongside.messaging.models import Message
from alongside.people.models import Client
from alongside.rules.scheduling.csv_text import (
    ALSO,
    COLUMNS,
    LARGEST,
    Unreadable,
    decode,
    read_sheet,
)
from alongside.visits.actions.import_csv import BookJustChanged, ImportRefused, import_bookings
from alongside.visits.models import Visit

AT = datetime(2026, 12, 1, 10, 0, tzinfo=PARIS)
HEAD = "date,time,therapist,kind,first_name,last_name,number,room"
LIST = f"""{HEAD}
2026-12-01,10:00,Joon,Visit,Amara,Diallo,,Room 1
2026-12-01,11:00,joon,Séance,Aino,Korhonen,17,
2026-12-02,11:00,joon@example.org,Visit,Aino,Korhonen,17,
"""

pytestmark = pytest.mark.usefixtures("at_ten_past_ten", "joon", "amara")


@pytest.fixture
def bring(here, dee, acting):
    """Import a text as Dee."""
    return lambda text: import_bookings(read_sheet(text), by=acting.staff(dee), now=NOW)


def rows() -> tuple[int, int]:
    return Visit.objects.count(), Client.objects.count()


def faults(bring, *lines: str, head: str = HEAD) -> list[tuple[int, str, str]]:
    before = rows()
    with pytest.raises(ImportRefused) as refused:
        bring("\n".join([head, *lines]))
    assert rows() == before
    return [(one.line, one.column, one.what.value) for one in refused.value.plan.faults]


def test_a_list_is_imported_with_its_new_clients(bring, amara):
    done = bring(LIST)
    assert (done.visits, done.clients, done.left_out) == (3, 1, 0)
    first = Visit.objects.order_by("booked_at").first()
    assert (first.client, first.booked_at, first.room.name) == (amara, AT, "Room 1")
    assert (first.day, first.ends_at) == (AT.date(), AT + timedelta(minutes=45))
    aino = Client.objects.get(first_name="Aino")
    assert (aino.number, aino.prefers, aino.visits.count()) == ("17", "none", 2)
    assert Entry.objects.filter(verb="visits.import").count() == 3
    assert not Message.objects.exists()


def test_the_same_list_again_adds_nothing(bring):
    bring(LIST)
    before = rows()
    done = bring(LIST)
    assert (done.visits, done.clients, done.left_out) == (0, 0, 3)
    assert rows() == before


def test_what_was_called_off_here_does_not_come_back(bring):
    bring(LIST)
    Visit.objects.update(state="cancelled", cancelled_at=NOW)
    assert bring(LIST).visits == 0


def test_one_bad_line_and_nothing_is_imported(bring):
    found = faults(bring, *LIST.splitlines()[1:], "2026-12-03,10:00,Jon,Visit,Luc,D,,")
    assert found == [(5, "therapist", "unknown_therapist")]


@pytest.mark.parametrize(
    ("line", "column", "what"),
    [
        ("2026-12-01,10:00,Dee,Visit,Luc,D,,", "therapist", "unknown_therapist"),
        ("2026-12-01,10:00,Joon,Massage,Luc,D,,", "kind", "unknown_kind"),
        ("2026-12-01,10:00,Joon,Visit,Luc,D,,Attic", "room", "unknown_room"),
        ("2026-03-29,02:30,Joon,Visit,Luc,D,,", "time", "no_such_time"),
    ],
)
def test_what_we_do_not_know_is_named(bring, line, column, what):
    assert faults(bring, line) == [(2, column, what)]


def test_a_clash_within_the_list_names_both_lines(bring):
    lines = ["2026-12-01,10:00,Joon,Visit,Luc,D,,", "2026-12-01,10:30,Joon,Visit,Aino,K,,"]
    with pytest.raises(ImportRefused) as refused:
        bring("\n".join([HEAD, *lines]))
    (fault,) = refused.value.plan.faults
    assert (fault.line, fault.column, fault.meant) == (3, "therapist", ("2",))


def test_a_clash_with_the_book_is_found(bring, luc, joon):
    book_for(luc, joon, AT)
    found = faults(bring, "2026-12-01,10:15,Joon,Visit,Amara,Diallo,,")
    assert found == [(2, "therapist", "therapist_taken")]


def test_lines_that_are_the_same_are_imported_once(bring):
    line = "2026-12-01,10:00,Joon,Visit,Aino,Korhonen,17,"
    done = bring("\n".join([HEAD, line, line]))
    assert (done.visits, done.left_out) == (1, 1)


def test_what_has_gone_by_is_left_out(bring):
    done = bring(f"{HEAD}\n2026-11-23,10:00,Joon,Visit,Aino,Korhonen,17,")
    assert (done.visits, done.clients, done.left_out) == (0, 0, 1)


def test_two_people_of_one_name_are_not_guessed_between(bring, here):
    Client.objects.create(first_name="Amara", last_name="Diallo", number="2")
    line = "2026-12-01,10:00,Joon,Visit,Amara,Diallo,"
    assert faults(bring, f"{line},") == [(2, "first_name", "client_unclear")]
    assert bring(f"{HEAD}\n2026-12-01,10:00,Joon,Visit,Amara,Diallo,2,").visits == 1


def test_a_number_of_somebody_else_is_refused(bring, here):
    Client.objects.create(first_name="Luc", last_name="Diallo", number="9")
    line = "2026-12-01,10:00,Joon,Visit,Aino,Korhonen,9,"
    assert faults(bring, line) == [(2, "number", "number_of_another")]


def test_visits_keep_their_clock_time_over_the_change_of_the_clocks(bring):
    lines = [f"2027-{day},10:00,Joon,Visit,Aino,Korhonen,17," for day in ("03-23", "03-30")]
    bring("\n".join([HEAD, *lines]))
    at = [one.booked_at for one in Visit.objects.order_by("booked_at")]
    assert [one.astimezone(PARIS).hour for one in at] == [10, 10]
    assert at[1] - at[0] == timedelta(days=7, hours=-1)


def test_a_time_that_is_taken_at_this_moment_leaves_nothing_behind(bring, monkeypatch, luc, joon):
    from alongside.visits.actions import import_csv

    blind = import_csv.plan_import
    book_for(luc, joon, AT)

    def looked_a_moment_ago(*args, **how):
        monkeypatch.setattr("alongside.visits.queries.import_against.HOLDS_TIME", ())
        return blind(*args, **how)

    monkeypatch.setattr(import_csv, "plan_import", looked_a_moment_ago)
    before = rows()
    with pytest.raises(BookJustChanged):
        bring(LIST)
    assert rows() == before


def test_charlies_list_touches_nothing_here(charlie, hillside, acting, harbour):
    with working_in(hillside), pytest.raises(ImportRefused):
        import_bookings(read_sheet(LIST), by=acting.staff(charlie), now=NOW)
    with pytest.raises(NoClinic):
        import_bookings(read_sheet(LIST), by=acting.staff(charlie), now=NOW)
    with working_in(harbour):
        assert rows() == (0, 1)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.binary(max_size=200)
    | st.lists(
        st.sampled_from(
            [*LIST.encode().splitlines(), b"", b"\0", b'"', b"\xe9,\xff", b"2026-12-01,,,,,,,"]
        ),
        max_size=6,
    ).map(b"\n".join)
)
def test_whatever_the_bytes_are_all_or_nothing_is_imported(bring, raw):
    before = rows()
    try:
        done = bring(decode(raw))
    except (Unreadable, ImportRefused):
        assert rows() == before
    else:
        assert rows() == (before[0] + done.visits, before[1] + done.clients)
        Visit.objects.all().delete()


# --- the page ---


def upload(web, raw: bytes, **more):
    sent = SimpleUploadedFile("list.csv", raw, content_type="text/csv")
    return web.post("/bookings/import/", {"file": sent, "do": "look", **more})


def carried(page: str) -> str:
    return page.partition('name="text" value="')[2].partition('"')[0]


def test_dee_sees_what_it_would_do_and_then_does_it_without_choosing_again(
    web, sign_in, dee, harbour
):
    sign_in(web, dee)
    page = upload(web, LIST.encode("utf-16")).content.decode()
    assert "Aino Korhonen" in page
    with working_in(harbour):
        assert rows() == (0, 1)
    answer = web.post("/bookings/import/", {"do": "import", "text": carried(page)}, follow=True)
    assert "3 bookings were imported." in answer.content.decode()
    with working_in(harbour):
        assert rows() == (3, 2)
    again = web.post("/bookings/import/", {"do": "import", "text": carried(page)}, follow=True)
    assert "in the book already" in again.content.decode()
    with working_in(harbour):
        assert rows() == (3, 2)


def test_what_is_wrong_is_told_with_line_and_column(web, sign_in, dee):
    sign_in(web, dee)
    answer = upload(web, f"{HEAD}\n31/02/2026,10:00,Jon,Visit,A,D,,\n".encode())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“31/02/2026” is not a date" in page
    assert 'class="num">2</th>' in page


def test_a_file_that_is_too_large_or_none_at_all_is_told_so(web, sign_in, dee):
    sign_in(web, dee)
    assert "larger than 5 MB" in upload(web, b"a" * (LARGEST + 1)).content.decode()
    answer = web.post("/bookings/import/", {"do": "look"})
    assert answer.status_code == 422


def test_what_goes_on_with_the_page_cannot_be_forged_or_taken_to_another_clinic(
    web, sign_in, dee, charlie
):
    page = upload(sign_in(web, dee), LIST.encode()).content.decode()
    answer = web.post("/bookings/import/", {"do": "import", "text": carried(page)[:-3] + "abc"})
    assert answer.status_code == 422
    sign_in(web, charlie)
    answer = web.post("/bookings/import/", {"do": "import", "text": carried(page)})
    assert answer.status_code == 422
    with working_in(charlie.clinic_id):
        assert rows() == (0, 0)


def test_the_example_can_be_imported_as_it_is(web, sign_in, dee, harbour):
    sign_in(web, dee)
    example = web.get("/bookings/import/example.csv")
    assert example["Content-Disposition"].endswith('.csv"')
    page = upload(web, example.content).content.decode()
    web.post("/bookings/import/", {"do": "import", "text": carried(page)})
    with working_in(harbour):
        assert Visit.objects.get().asked_for == "To cook with one hand"


def test_every_heading_is_in_the_reference():
    written = (Path(__file__).parents[4] / "docs" / "reference" / "import.md").read_text()
    assert [name for name in COLUMNS if f"| `{name}` |" not in written] == []
    french = [name for name in ALSO if name in _plain(written)]
    assert set(ALSO) - set(french) <= {"e_mail"}


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
