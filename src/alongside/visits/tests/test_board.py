"""The board: who may act, who may not, what two desks see, and what it costs."""

from datetime import timedelta

import pytest
from conftest import book_for

from alongside.clinics.current import working_in
from alongside.visits.actions.check_in import check_in
from alongside.visits.models import Channel, State, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]
WAYS = ["check_in", "start", "did_not_come", "client_is_late"]


def state_of(visit) -> str:
    with working_in(visit.clinic_id):
        return Visit.objects.get(pk=visit.pk).state


def take(web, visit, verb, **more):
    return web.post(f"/today/visit/{visit.pk}/step/", {"verb": verb, **more})


@pytest.mark.parametrize("verb", WAYS)
def test_the_desk_takes_a_step(web, sign_in, dee, amaras_visit, verb):
    answer = take(sign_in(web, dee), amaras_visit, verb, late="10")
    assert answer.status_code == 302
    with working_in(amaras_visit.clinic_id):
        assert Visit.objects.get(pk=amaras_visit.pk).version == 2


@pytest.mark.parametrize("verb", WAYS)
def test_the_other_clinic_takes_none(web, sign_in, charlie, amaras_visit, verb):
    assert take(sign_in(web, charlie), amaras_visit, verb).status_code == 404
    assert state_of(amaras_visit) == State.BOOKED


@pytest.mark.parametrize("verb", WAYS)
def test_a_trainer_and_a_stranger_take_none(web, sign_in, noor, amaras_visit, verb):
    assert take(web, amaras_visit, verb).status_code in (302, 403)
    noor.role = "trainer"
    with working_in(noor.clinic_id):
        noor.save()
    assert take(sign_in(web, noor), amaras_visit, verb).status_code == 403
    assert state_of(amaras_visit) == State.BOOKED


def test_a_step_that_does_not_exist_is_no_step(web, sign_in, dee, amaras_visit):
    assert take(sign_in(web, dee), amaras_visit, "delete").status_code == 404


def test_the_second_desk_sees_both_values_and_overwrites_nothing(web, sign_in, dee, amaras_visit):
    sign_in(web, dee)
    take(web, amaras_visit, "check_in", version="1")
    answer = take(web, amaras_visit, "did_not_come", version="1")
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Did not come" in said
    assert "Dee was faster" in said
    assert "Waiting" in said
    assert state_of(amaras_visit) == State.HERE


def test_a_step_is_taken_back_from_the_board(web, sign_in, dee, amaras_visit):
    sign_in(web, dee)
    take(web, amaras_visit, "check_in")
    with working_in(amaras_visit.clinic_id):
        step = amaras_visit.steps.get()
    assert web.post(f"/today/undo/{step.pk}/").status_code == 302
    assert state_of(amaras_visit) == State.BOOKED
    assert web.post(f"/today/undo/{step.pk}/").status_code == 409


def test_the_other_clinic_takes_nothing_back(web, sign_in, dee, charlie, amaras_visit):
    take(sign_in(web, dee), amaras_visit, "check_in")
    with working_in(amaras_visit.clinic_id):
        step = amaras_visit.steps.get()
    assert sign_in(web, charlie).post(f"/today/undo/{step.pk}/").status_code == 404
    assert state_of(amaras_visit) == State.HERE


def test_the_board_shows_its_own_clinic_only(web, sign_in, dee, charlie, amaras_visit):
    assert "Amara" in sign_in(web, dee).get("/today/").content.decode()
    assert "Amara" not in sign_in(web, charlie).get("/today/").content.decode()
    assert sign_in(web, charlie).get(f"/today/visit/{amaras_visit.pk}/").status_code == 404


def test_a_live_board_gets_its_piece_alone(web, sign_in, dee, amaras_visit):
    answer = sign_in(web, dee).get("/today/", headers={"HX-Request": "true"})
    said = answer.content.decode()
    assert said.lstrip().startswith('<div id="board"')
    assert "<html" not in said


def live(web) -> str:
    return web.get("/today/", headers={"HX-Request": "true"}).content.decode()


def test_a_live_piece_is_drawn_once_a_change_for_all_who_ask(
    web, sign_in, dee, noor, amaras_visit, monkeypatch
):
    from alongside.visits.views import board as views

    drawn = []
    monkeypatch.setattr(
        views, "board_for", lambda *at, real=views.board_for: drawn.append(1) or real(*at)
    )
    first, again = live(sign_in(web, dee)), live(web)
    assert len(drawn) == 1
    # Each reader's forms carry their own token.
    assert first != again
    take(web, amaras_visit, "check_in")
    del drawn[:]
    assert 'class="tag good">✓' in live(web) or "Check in" not in live(web)
    assert len(drawn) == 1


def test_a_shared_piece_is_never_shared_between_clinics(web, sign_in, dee, charlie, amaras_visit):
    assert "Amara" in live(sign_in(web, dee))
    assert "Amara" not in live(sign_in(web, charlie))
    assert "Amara" in live(sign_in(web, dee))


def test_whoever_gets_a_piece_that_was_drawn_for_another_is_on_record_too(
    web, sign_in, dee, noor, amaras_visit
):
    from alongside.audit.models import Entry

    live(sign_in(web, dee))
    live(sign_in(web, noor))
    with working_in(amaras_visit.clinic_id):
        seen = Entry.objects.filter(verb="visits.see_board", client_key=amaras_visit.client_id)
        assert {entry.actor_id for entry in seen} == {dee.pk, noor.pk}


def test_a_therapist_steps_out_and_comes_back(web, sign_in, joon, amaras_visit):
    sign_in(web, joon)
    address = f"/today/therapist/{joon.pk}/"
    assert web.post(address, {"why": "stepped_out", "minutes": "15"}).status_code == 302
    assert "stepped out" in web.get("/today/").content.decode()
    web.post(address, {"why": "back"})
    assert "stepped out, back" not in web.get("/today/").content.decode()


def test_the_other_clinic_sends_no_therapist_away(web, sign_in, charlie, joon):
    address = f"/today/therapist/{joon.pk}/"
    assert sign_in(web, charlie).post(address, {"why": "absent"}).status_code == 404


def test_who_is_about_to_be_let_down_stands_first(here, amara, luc, joon, dee, acting, now):
    from alongside.visits.actions.away import go_away
    from alongside.visits.actions.work_out import work_out
    from alongside.visits.queries.board import board_for

    by = acting.staff(dee)
    late = book_for(luc, joon, now.replace(hour=9, minute=45))
    early = book_for(amara, joon, now.replace(hour=10, minute=30))
    check_in(early, by=by, channel=Channel.DESK, now=now - timedelta(minutes=40))
    # More than ten minutes ago: so long what early was told then keeps her from later news.
    check_in(late, by=by, channel=Channel.DESK, now=now - timedelta(minutes=15))
    go_away(joon, why="late", until=now + timedelta(minutes=20), by=by, now=now)
    work_out(now)
    waiting = board_for(here, now).waiting
    assert waiting[0].visit.pk == late.pk
    assert waiting[0].may_wait_long


def test_a_long_day_costs_no_more_queries_than_a_short_one(
    web, sign_in, dee, joon, amara, luc, amaras_visit, django_assert_max_num_queries, now
):
    sign_in(web, dee)
    web.get("/today/")
    with django_assert_max_num_queries(30) as short:
        web.get("/today/")
    for hour in range(11, 17):
        book_for(luc, joon, now.replace(hour=hour, minute=15))
    web.get("/today/")
    with django_assert_max_num_queries(30) as long:
        web.get("/today/")
    assert len(long) <= len(short)


def test_the_ledger_leaves_the_house_by_a_manager_only(web, sign_in, dee, noor, charlie):
    assert sign_in(web, dee).get("/the-wait.csv").status_code == 403
    answer = sign_in(web, noor).get("/the-wait.csv?days=28")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    assert sign_in(web, dee).get("/the-wait/").status_code == 200


def test_the_ledger_shows_what_was_told_beside_what_came(
    web, sign_in, dee, charlie, amaras_visit, acting, now
):
    from alongside.visits.actions.move_on import start

    by = acting.staff(dee)
    with working_in(amaras_visit.clinic_id):
        check_in(amaras_visit, by=by, channel=Channel.KIOSK, now=now)
        start(amaras_visit, by=by, now=now + timedelta(minutes=4))
    said = sign_in(web, dee).get("/the-wait/?days=1").content.decode()
    assert "Amara" in said
    assert "kiosk" in said
    assert "Amara" not in sign_in(web, charlie).get("/the-wait/?days=1").content.decode()
