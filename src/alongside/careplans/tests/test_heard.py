"""Listening: one tap, anonymous to the therapist, never shown below five answers."""

from datetime import date, timedelta

import pytest
from conftest import book_for

from alongside.audit.models import Entry
from alongside.careplans.actions._record import NotTheirs
from alongside.careplans.actions.say_heard import TooLate, say_heard
from alongside.careplans.models import Heard
from alongside.careplans.queries.listening import by_month
from alongside.clinics.current import working_in

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


def answers(client, therapist, at, felt):
    """Put answers of one month in, each on a visit of its own."""
    for n, one in enumerate(felt):
        when = at + timedelta(hours=n)
        times = {"arrived_at": when, "started_at": when, "finished_at": when}
        visit = book_for(client, therapist, when, state="done", **times)
        Heard.objects.create(client=client, visit=visit, told_on=at.date(), heard=one)


def test_amara_taps_on_her_own_page_and_may_change_her_mind(amara_in, done, harbour):
    assert "Did we listen well?" in amara_in.get("/mine/").content.decode()
    for felt in ("heard.no", "heard.yes", "valued.partly"):
        sent = {"visit": str(done.pk), "felt": felt}
        assert amara_in.post("/mine/heard/", sent).status_code == 303
    with working_in(harbour):
        told = Heard.objects.get()
        assert (told.heard, told.understood, told.valued) == ("yes", "", "partly")
        entries = Entry.objects.filter(verb="careplans.say_heard")
        assert [one.detail for one in entries] == [{}] * 3
    wrong = amara_in.post("/mine/heard/", {"visit": str(done.pk), "felt": "heard.maybe"})
    assert wrong.status_code == 404


def test_on_the_page_of_the_visit_after_it(web, visit_page, done, harbour):
    web.cookies["alongside-language"] = "en"
    there = visit_page(done)
    assert "Did we listen well?" in web.get(there).content.decode()
    answer = web.post(f"{there}heard/", {"felt": "understood.yes"})
    assert (answer.status_code, answer["Location"]) == (303, f"{there}#heard")
    with working_in(harbour):
        assert Heard.objects.get().understood == "yes"


def test_only_whose_visit_it_was_and_only_lately(done, luc, amara, acting, joon, here, now):
    for by in (acting.client(luc), acting.staff(joon)):
        with pytest.raises(NotTheirs):
            say_heard(done, item="heard", felt="yes", by=by, now=now)
    with pytest.raises(TooLate):
        say_heard(
            done, item="heard", felt="yes", by=acting.client(amara), now=now + timedelta(days=1)
        )
    assert not Heard.objects.exists()


def test_another_clients_visit_is_not_there(web, own_page, luc, done, harbour):
    with working_in(harbour):
        luc.email = "luc@example.org"
        luc.save()
    lucs = own_page(web, luc)
    sent = {"visit": str(done.pk), "felt": "heard.yes"}
    assert lucs.post("/mine/heard/", sent).status_code == 404


def test_a_month_that_is_over_changes_no_more(amara, joon, acting, here, now):
    at = now.replace(month=10, day=30)
    visit = book_for(amara, joon, at, state="done", arrived_at=at, started_at=at)
    by = acting.client(amara)
    say_heard(visit, item="heard", felt="no", by=by, now=at)
    with pytest.raises(TooLate):
        say_heard(visit, item="heard", felt="yes", by=by, now=at + timedelta(days=3))


def test_four_answers_are_never_shown_and_five_are(web, sign_in, noor, amara, joon, harbour, now):
    september, october = now.replace(month=9, day=1, hour=8), now.replace(month=10, day=1, hour=8)
    with working_in(harbour):
        answers(amara, joon, september, ["yes"] * 4)
        # The negative control: with the fifth, the share is there.
        answers(amara, joon, october, ["yes", "yes", "yes", "yes", "no"])
        answers(amara, joon, now.replace(day=2, hour=8), ["yes"] * 6)
        months = {one.first: one.shares[0] for one in by_month(now.date())}
    assert months[date(2026, 9, 1)] is None
    assert months[date(2026, 10, 1)].n == 5
    # This month still runs: from day to day it would tell who answered.
    assert date(2026, 11, 1) not in months
    page = sign_in(web, noor).get("/listening/").content.decode()
    assert "80 % of 5 (38 to 96 %)" in page
    assert "100 %" not in page


def test_the_therapist_the_desk_and_the_other_clinic_do_not_see_it(
    web, sign_in, joon, dee, charlie, amara, hillside, harbour, now
):
    for somebody in (joon, dee, charlie):
        assert sign_in(web, somebody).get("/listening/").status_code == 403
    with working_in(harbour):
        answers(amara, joon, now.replace(month=10, day=1, hour=8), ["no"] * 5)
    with working_in(hillside):
        assert all(one.shares == (None, None, None) for one in by_month(now.date()))
    sign_in(web, joon)
    for there in (f"/people/{amara.pk}/", f"/people/{amara.pk}/notes/"):
        assert "listened to" not in web.get(there).content.decode()
