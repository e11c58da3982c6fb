"""The demo lives by the actions of real work, and stays out of a real clinic."""

from datetime import timedelta

import pytest

from alongside.clinics.current import working_in
from alongside.demo.actions.build import DAY, build, working_days
from alongside.demo.day import live
from alongside.demo.fate import fate_of
from alongside.visits.actions.work_out import work_out
from alongside.visits.models import State, Step, Told, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def morning(now):
    harbour = build()
    with working_in(harbour):
        moment = now.replace(hour=7, minute=40)
        while moment <= now:
            live(moment)
            if moment.minute % 10 == 2:
                work_out(moment)
            moment += timedelta(minutes=4)
        yield harbour


def test_a_morning_has_people_everywhere(morning):
    states = set(Visit.objects.on_day(DAY).values_list("state", flat=True))
    assert {State.BOOKED, State.WITH, State.DONE, State.HERE} <= states


def test_everybody_who_came_was_told_a_wait(morning):
    came = Visit.objects.on_day(DAY).filter(arrived_at__isnull=False)
    assert came.count() >= 8
    told = set(Told.objects.values_list("visit", flat=True))
    assert set(came.values_list("id", flat=True)) <= told


def test_whoever_takes_a_seat_comes_first(morning, now, dee_of_demo):
    from alongside.visits.actions.not_here import did_not_come

    expected = Visit.objects.on_day(DAY).filter(state=State.BOOKED).first()
    did_not_come(expected, by=dee_of_demo, now=now)
    live(now + timedelta(minutes=30))
    expected.refresh_from_db()
    assert expected.state == State.MISSED


@pytest.fixture
def dee_of_demo(morning):
    from alongside.people.actors import of_staff
    from alongside.people.models import Staff

    return of_staff(Staff.objects.get(name="Dee"))


def test_every_step_was_somebodys(morning):
    assert set(Step.objects.values_list("actor_kind", flat=True)) <= {
        "client",
        "desk",
        "kiosk",
        "therapist",
    }


def test_a_fate_is_the_same_each_time(now):
    one, two = (
        fate_of(None, booked_at=now, planned=timedelta(minutes=45), name="Noah", day="x")
        for _ in range(2)
    )
    assert one == two


def test_working_days_leave_weekends_out():
    assert [day.day for day in working_days(3, before=DAY)] == [19, 20, 23]


def test_there_is_no_demo_page_in_a_real_clinic(web, harbour):
    assert web.get("/demo/").status_code == 404


def test_the_demo_page_sets_the_clock(web, settings, harbour):
    from alongside.clinics import clock

    settings.DEMO = True
    try:
        assert web.post("/demo/", {"speed": "30"}).status_code == 302
        assert clock.speed() == 30
        web.post("/demo/", {"speed": "-1"})
        assert clock.speed() == 30
    finally:
        clock.reset()


def test_the_seat_of_amaras_own_page_lets_in_once(web, settings, morning):
    settings.DEMO = True
    seat = web.get("/demo/own-page/amara/")
    assert seat.status_code == 302
    assert "Amara" in web.post(seat["Location"], follow=True).content.decode()
    web.cookies.clear()
    assert web.post(seat["Location"]).status_code == 404


def test_outside_a_demo_nobody_takes_that_seat(web, settings, morning):
    settings.DEMO = False
    assert web.get("/demo/own-page/amara/").status_code == 404
    settings.DEMO = True
    # Of the two seats alone: nobody else's page is opened like that.
    assert web.get("/demo/own-page/aino/").status_code == 404


def test_amara_has_two_goals_and_one_waits_for_her_yes(morning):
    from alongside.goals.models import Goal

    hers = Goal.objects.filter(client__first_name="Amara")
    assert hers.active().count() == 2
    (asked,) = [one for one in hers if one.is_asked]
    assert asked.written_by == "Joon"
    for one in hers.active():
        assert len({rating.by for rating in one.ratings.all()}) == 2


def test_joon_hears_alerts_and_what_was_measured_has_a_change(morning):
    from alongside.measures.queries.fillings import responders, series_of
    from alongside.people.models import Client

    assert [one.name for one in responders()] == ["Joon"]
    for name, measure in (("Amara", "what-matters"), ("Aino", "phq-2"), ("Pekka", "tug")):
        found = {one.measure.name: one for one in series_of(Client.objects.get(first_name=name).pk)}
        assert found[measure].since_first is not None
        assert found[measure].since_first.delta
