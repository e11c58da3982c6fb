"""The pages of the book: who may, who may not, and that nothing typed is lost."""

from datetime import datetime, timedelta

import pytest
from conftest import NOW, PARIS, book_for

from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.clinics.models import VisitKind
from alongside.messaging.models import Message
from alongside.people.models import Client
from alongside.visits.models import State, Visit

AT = datetime(2026, 12, 1, 14, 0, tzinfo=PARIS)

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


@pytest.fixture
def kind(harbour):
    with working_in(harbour):
        return VisitKind.objects.get(name="Visit")


@pytest.fixture
def typed(amara, joon, kind):
    """What Dee types to book Amara with Joon."""

    def _typed(**more):
        return {
            "do": "book",
            "key": "k1",
            "client": str(amara.pk),
            "kind": str(kind.pk),
            "therapist": str(joon.pk),
            "day": "2026-12-01",
            "other": "14:00",
            "tell": "on",
            "every": "1",
            "language": "fr",
            **more,
        }

    return _typed


@pytest.fixture
def visits(harbour):
    def _visits():
        with working_in(harbour):
            return list(Visit.objects.order_by("booked_at"))

    return _visits


@pytest.fixture
def desk(web, dee, sign_in):
    return sign_in(web, dee)


def test_dee_books_by_hand(desk, typed, visits, harbour):
    answer = desk.post("/bookings/new/", typed(asked_for="To cook"), follow=True)
    assert answer.status_code == 200
    (visit,) = visits()
    assert (visit.booked_at, visit.asked_for) == (AT, "To cook")
    assert "Booked: Amara" in answer.content.decode()
    with working_in(harbour):
        assert Message.objects.filter(template="booked").count() == 1


def test_a_form_that_is_sent_twice_books_once(desk, typed, visits):
    first = desk.post("/bookings/new/", typed())
    again = desk.post("/bookings/new/", typed())
    assert first["Location"] == again["Location"]
    assert len(visits()) == 1


def test_somebody_new_is_booked_in_one_go(desk, typed, visits, harbour):
    new = {"client": "", "first_name": "Aino", "mobile": "+33612345678"}
    desk.post("/bookings/new/", typed(**new))
    (visit,) = visits()
    with working_in(harbour):
        assert (visit.client.first_name, visit.client.prefers) == ("Aino", "sms")
        assert visit.is_first


def test_a_refusal_leaves_nobody_new_behind_and_keeps_what_was_typed(
    desk, typed, visits, harbour, luc, joon
):
    book_for(luc, joon, AT)
    answer = desk.post("/bookings/new/", typed(client="", first_name="Aino", asked_for="Tea"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Joon already has a visit at this time" in page
    assert "Free near it" in page
    assert 'value="Aino"' in page
    assert "Tea</textarea>" in page
    assert len(visits()) == 1
    with working_in(harbour):
        assert not Client.objects.filter(first_name="Aino").exists()


def test_looking_finds_people_and_free_times_and_books_nothing(desk, typed, visits):
    answer = desk.post("/bookings/new/", typed(do="look", client="", who="ama dia", other=""))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Amara Diallo" in page
    assert 'name="at" value="10:00"' in page
    assert visits() == []


def test_what_is_looked_for_never_stands_in_an_address(desk, typed):
    page = desk.get("/bookings/new/").content.decode()
    assert 'method="get"' not in page.partition('id="book"')[2].partition("</form>")[0]


def test_a_piece_is_given_to_a_page_that_is_open(desk, typed):
    headers = {"HX-Request": "true"}
    typing = typed(do="look", piece="clients", who="luc", client="")
    page = desk.post("/bookings/new/", typing, headers=headers).content.decode()
    assert page.strip().startswith('<div id="clients"')
    assert "<h1" not in page


def test_dee_is_warned_before_a_visit_is_shorter_than_the_plan(desk, typed, visits, amara):
    with working_in(amara.clinic_id):
        Client.objects.filter(pk=amara.pk).update(planned_minutes=timedelta(minutes=45))
    answer = desk.post("/bookings/new/", typed(minutes="30"))
    page = answer.content.decode()
    assert "This visit is 30 minutes. Amara&#x27;s plan asks for 45." in page
    assert visits() == []
    desk.post("/bookings/new/", typed(minutes="30", even_short="on"))
    assert visits()[0].planned == timedelta(minutes=30)


def test_outside_the_hours_is_asked_about_once_more(desk, typed, visits):
    page = desk.post("/bookings/new/", typed(other="19:00")).content.decode()
    assert "The clinic is closed" in page
    assert 'name="even_closed"' in page
    desk.post("/bookings/new/", typed(other="19:00", even_closed="on"))
    assert len(visits()) == 1


def test_a_time_that_does_not_exist_is_refused_with_words(desk, typed, visits):
    typing = typed(day="2027-03-28", other="02:30", even_closed="on")
    page = desk.post("/bookings/new/", typing).content.decode()
    assert "the clocks jump over this time" in page
    assert visits() == []


def test_nobody_chosen_is_asked_for(desk, typed, visits):
    page = desk.post("/bookings/new/", typed(client="")).content.decode()
    assert "Who is coming?" in page
    assert visits() == []


def test_six_tuesdays_at_two(desk, typed, visits):
    desk.post("/bookings/new/", typed(times="6"))
    booked = visits()
    assert [one.booked_at.astimezone(PARIS).strftime("%a %H:%M") for one in booked] == [
        "Tue 14:00"
    ] * 6
    assert len({one.series for one in booked}) == 1
    assert [one.is_first for one in booked] == [True] + [False] * 5


def test_a_series_that_clashes_books_nothing_and_offers_a_way(desk, typed, visits, luc, joon):
    book_for(luc, joon, AT + timedelta(days=7))
    answer = desk.post("/bookings/new/", typed(times="3"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "nothing is booked yet" in page
    assert "Leave this date out" in page
    assert len(visits()) == 1
    free, alternative = AT, AT + timedelta(days=8)
    chosen = {"start-0": free.isoformat(), "start-1": alternative.isoformat(), "start-2": ""}
    desk.post("/bookings/new/", typed(times="3", **chosen))
    assert [one.booked_at for one in visits() if one.client_id != luc.pk] == [free, alternative]


def test_the_book_shows_a_week_and_a_day(desk, amara, joon):
    book_for(amara, joon, AT)
    for view in ("week", "day"):
        page = desk.get(f"/bookings/?day=2026-12-01&view={view}").content.decode()
        assert "Amara" in page
        assert "14:00" in page
    assert "Amara" not in desk.get("/bookings/?day=2026-12-14").content.decode()


def test_an_open_book_asks_for_its_changing_piece_only(desk, amara, joon):
    book_for(amara, joon, AT)
    answer = desk.get("/bookings/?day=2026-12-01", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert page.strip().startswith('<div id="book"')
    assert "<main" not in page
    assert "Amara" in page


@pytest.mark.parametrize("day", ["", "x", "2026-13-45", "0001-01-01", "9999-12-31"])
def test_a_made_up_day_breaks_nothing(desk, joon, day):
    assert desk.get(f"/bookings/?day={day}").status_code == 200


def test_looking_at_the_book_is_on_record(desk, amara, joon, harbour):
    book_for(amara, joon, AT)
    desk.get("/bookings/?day=2026-12-01")
    with working_in(harbour):
        seen = Entry.objects.get(verb="visits.see_bookings")
        assert (seen.client_key, seen.is_read) == (amara.pk, True)


def test_dee_moves_a_visit_and_amara_is_told(desk, amara, joon, kind, harbour, visits):
    visit = book_for(amara, joon, AT)
    sent = {"do": "move", "version": "1", "kind": str(kind.pk), "therapist": str(joon.pk)}
    sent |= {"day": "2026-12-02", "other": "09:00", "tell": "on"}
    answer = desk.post(f"/bookings/{visit.pk}/move/", sent, follow=True)
    assert answer.status_code == 200
    assert visits()[0].booked_at == datetime(2026, 12, 2, 9, tzinfo=PARIS)
    with working_in(harbour):
        assert Message.objects.filter(template="moved").count() == 1


def test_two_desks_never_overwrite_each_other_and_the_second_sees_both(
    desk, amara, joon, kind, visits, harbour
):
    visit = book_for(amara, joon, AT)
    sent = {"do": "move", "version": "1", "kind": str(kind.pk), "therapist": str(joon.pk)}
    desk.post(f"/bookings/{visit.pk}/move/", sent | {"day": "2026-12-02", "other": "09:00"})
    answer = desk.post(
        f"/bookings/{visit.pk}/move/", sent | {"day": "2026-12-03", "other": "11:15"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Wednesday 2 December at 9:00" in page
    assert 'value="11:15"' in page
    assert visits()[0].booked_at == datetime(2026, 12, 2, 9, tzinfo=PARIS)


def test_dee_cancels_with_a_reason(desk, amara, joon, visits, harbour):
    visit = book_for(amara, joon, AT)
    desk.post(f"/bookings/{visit.pk}/cancel/", {"version": "1", "reason": "moved away"})
    assert visits()[0].state == State.CANCELLED
    with working_in(harbour):
        assert Entry.objects.get(verb="visits.cancel").detail == {}
        assert not Message.objects.exists()  # "tell" was not ticked
    assert "moved away" in desk.get(f"/bookings/{visit.pk}/").content.decode()


def test_a_visit_that_has_begun_is_not_cancelled(desk, amara, joon, visits):
    visit = book_for(amara, joon, NOW, state=State.HERE, arrived_at=NOW)
    answer = desk.post(f"/bookings/{visit.pk}/cancel/", {"version": "1"})
    assert answer.status_code == 422
    assert visits()[0].state == State.HERE


def test_dee_keeps_what_they_asked_for(desk, amara, joon, visits):
    visit = book_for(amara, joon, AT)
    sent = {"version": "1", "note-asked_for": "To hold a cup", "note-is_first": "on"}
    desk.post(f"/bookings/{visit.pk}/note/", sent)
    assert (visits()[0].asked_for, visits()[0].is_first) == ("To hold a cup", True)


WRITES = ["move", "note", "cancel"]


@pytest.mark.parametrize("what", WRITES)
def test_charlie_cannot_touch_or_see_a_visit_of_this_clinic(
    web, sign_in, charlie, amara, joon, what, visits
):
    visit = book_for(amara, joon, AT)
    sign_in(web, charlie)
    assert web.post(f"/bookings/{visit.pk}/{what}/", {"version": "1"}).status_code == 404
    page = web.get(f"/bookings/{visit.pk}/")
    assert page.status_code == 404
    assert b"Amara" not in page.content
    assert b"Amara" not in web.get("/bookings/?day=2026-12-01").content
    assert visits()[0].version == 1


def test_charlie_cannot_book_people_of_this_clinic(web, sign_in, charlie, typed, visits):
    answer = sign_in(web, charlie).post("/bookings/new/", typed())
    assert answer.status_code == 422
    assert b"Amara" not in answer.content
    assert visits() == []


def test_charlie_finds_nobody_of_this_clinic(web, sign_in, charlie, amara):
    answer = sign_in(web, charlie).post("/bookings/new/", {"do": "look", "who": "Amara"})
    assert b"Diallo" not in answer.content


@pytest.mark.parametrize("address", ["/bookings/", "/bookings/new/", "/bookings/import/"])
def test_nobody_reads_the_book_without_signing_in(web, harbour, address):
    assert web.get(address).status_code == 302
    assert web.post(address, {}).status_code == 403


def test_a_therapist_books_but_imports_no_list(web, sign_in, joon, typed, visits):
    sign_in(web, joon).post("/bookings/new/", typed())
    assert len(visits()) == 1
    assert web.get("/bookings/import/").status_code == 403


def test_the_pages_of_the_book_speak_french(desk, amara, joon):
    visit = book_for(amara, joon, AT)
    desk.cookies["alongside-language"] = "fr"
    for address in ("/bookings/", "/bookings/new/", f"/bookings/{visit.pk}/", "/calendar/"):
        answer = desk.get(address)
        assert answer.status_code == 200
        assert 'lang="fr"' in answer.content.decode()


@pytest.mark.parametrize("count", [1, 8])
def test_the_book_asks_the_database_as_often_for_many_visits_as_for_one(
    desk, amara, joon, count, django_assert_max_num_queries
):
    for number in range(count):
        book_for(amara, joon, AT + timedelta(hours=number - 6))
    address = "/bookings/?day=2026-12-01"
    desk.get(address)  # the reading is on record now
    with django_assert_max_num_queries(14):
        assert desk.get(address).content.decode().count("Amara") >= count
