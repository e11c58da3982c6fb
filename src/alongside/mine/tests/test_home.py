"""One's own page: the next visits, and who saw what, in words that a client reads."""

from datetime import timedelta

import pytest
from conftest import PARIS, book_for
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from alongside.access.models import Link
from alongside.audit.actions.record import record
from alongside.clinics.current import working_in
from alongside.mine.queries.seen import by_others, days_of
from alongside.parts import registry
from alongside.people.models import Client

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


@pytest.fixture
def amara_in(web, amara, own_page):
    """Amara, signed in, reading English today."""
    web.cookies["alongside-language"] = "en"
    return own_page(web, amara)


def test_amara_sees_her_next_visits(amara_in, amara, joon, amaras_visit, now):
    book_for(amara, joon, now + timedelta(days=7))
    book_for(amara, joon, now - timedelta(days=7))
    page = amara_in.get("/mine/").content.decode()
    assert page.count("Open this visit") == 2
    assert "Tuesday 24 November at 10:30" in page
    assert "Visit with Joon" in page


def test_she_opens_one_of_them(amara_in, amaras_visit, harbour):
    answer = amara_in.post("/mine/visit/", {"visit": str(amaras_visit.pk)})
    assert answer.status_code == 303
    assert "Your visit is today at 10:30" in amara_in.get(answer.url).content.decode()


def test_nobody_elses(amara_in, luc, joon, charlie, hillside, now, harbour):
    lucs = book_for(luc, joon, now + timedelta(hours=2))
    with working_in(hillside):
        pekka = Client.objects.create(first_name="Pekka")
    pekkas = book_for(pekka, charlie, now + timedelta(hours=2))
    for visit in (str(lucs.pk), str(pekkas.pk), "nonsense", ""):
        assert amara_in.post("/mine/visit/", {"visit": visit}).status_code == 404
    assert "Open this visit" not in amara_in.get("/mine/").content.decode()
    with working_in(harbour):
        assert Link.objects.count() == 0


def test_without_signing_in_nothing_is_opened(web, amaras_visit):
    assert web.post("/mine/visit/", {"visit": str(amaras_visit.pk)}).status_code == 403


def test_a_live_page_asks_for_its_piece_only(amara_in, amaras_visit):
    answer = amara_in.get("/mine/", headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<div id="mine"')


def test_who_saw_my_page_in_plain_words(amara_in, amara, dee, amaras_visit, acting, harbour, now):
    with working_in(harbour):
        for minutes in (0, 90):
            at = now - timedelta(minutes=minutes)
            record("visits.see_visit", by=acting.staff(dee), now=at, client=amara.pk, is_read=True)
        record("visits.note", by=acting.staff(dee), now=now, client=amara.pk)
    page = amara_in.get("/mine/who-saw/").content.decode()
    assert "Tuesday 24 November" in page
    assert "Dee (front desk) saw your visit." in page
    assert "2 times since 8:42" in page
    assert "Dee (front desk) wrote a note on your visit." in page


def test_what_she_did_herself_is_left_out(amara_in, amara, harbour):
    amara_in.get("/mine/")
    amara_in.get("/mine/who-saw/")
    assert "Nobody has yet." in amara_in.get("/mine/who-saw/").content.decode()
    with working_in(harbour):
        assert not by_others(amara.pk).exists()


def test_what_luc_saw_is_there(amara_in, amara, close_to, harbour, now):
    from alongside.people.actors import of_close_one

    luc = close_to(amara, "Luc")
    with working_in(harbour):
        record("visits.see_own", by=of_close_one(luc), now=now, client=amara.pk, is_read=True)
    assert "Luc (close to you) saw your next visits." in (
        amara_in.get("/mine/who-saw/").content.decode()
    )


def test_others_rows_are_not_there(amara_in, luc, dee, acting, harbour, now):
    with working_in(harbour):
        record("visits.note", by=acting.staff(dee), now=now, client=luc.pk)
    assert "Nobody has yet." in amara_in.get("/mine/who-saw/").content.decode()


def test_days_begin_at_the_clinics_midnight(amara, dee, acting, harbour, now):
    late = now.replace(hour=23, minute=59)
    with working_in(harbour):
        for at in (late, late + timedelta(minutes=2)):
            record("visits.note", by=acting.staff(dee), now=at, client=amara.pk)
        days = days_of(by_others(amara.pk), PARIS)
    assert [(one.day.day, len(one.lines)) for one in days] == [(25, 1), (24, 1)]


def test_in_french(web, amara, dee, acting, own_page, harbour, now):
    with working_in(harbour), translation.override("fr"):
        record("visits.see_visit", by=acting.staff(dee), now=now, client=amara.pk, is_read=True)
    page = own_page(web, amara).get("/mine/who-saw/").content.decode()
    assert "Dee (accueil) a vu votre séance." in page
    assert "Mardi 24 novembre" in page


def test_the_page_costs_the_same_with_many_visits(
    amara_in, amara, joon, now, django_assert_max_num_queries
):
    book_for(amara, joon, now + timedelta(days=20))
    amara_in.get("/mine/")
    with CaptureQueriesContext(connection) as with_one:
        amara_in.get("/mine/")
    for day in range(1, 10):
        book_for(amara, joon, now + timedelta(days=day))
    # Four for who reads it and what is booked, and two for each other part that has a panel here.
    panels = sum("mine.home" in part.slots for part in registry.every())
    with django_assert_max_num_queries(min(len(with_one), 6 + 2 * panels)):
        amara_in.get("/mine/")


def test_it_is_kept_by_no_shared_computer(amara_in):
    assert amara_in.get("/mine/")["Cache-Control"] == "no-store"


def test_the_first_page_leads_her_here(amara_in):
    assert amara_in.get("/").url == "/mine/"
