"""What a clinic learns at night from its own visits, and that nobody else learns from them."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from conftest import NOW, book_for

from alongside.clinics.current import working_in
from alongside.rules.waits import Laws
from alongside.visits import errands
from alongside.visits.actions import learn
from alongside.visits.models import ClinicLaws, State, Visit
from alongside.visits.queries.day import laws_now, laws_of
from alongside.visits.queries.due import night_has_come

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NIGHT = NOW.replace(hour=2, minute=30)


@pytest.fixture
def past_days(here, amara, luc, joon):
    """Some weeks of Joon's mornings, each visit twelve minutes longer than planned."""

    def _past_days(days: int, *, until=NOW) -> None:
        for back in range(days, 0, -1):
            first = (until - back * DAY).replace(hour=9, minute=0)
            late = timedelta(0)
            for turn in range(4):
                booked = first + turn * 45 * MINUTE
                visit = book_for((amara, luc)[turn % 2], joon, booked)
                started = booked + late
                Visit.objects.filter(pk=visit.pk).update(
                    state=State.DONE,
                    arrived_at=booked - 5 * MINUTE,
                    started_at=started,
                    finished_at=started + 57 * MINUTE,
                )
                late += 12 * MINUTE

    return _past_days


def newest() -> ClinicLaws:
    return ClinicLaws.objects.order_by("-made_at").first()


def test_too_few_visits_teach_nothing(here, past_days):
    past_days(4)
    assert learn.learn_now(NIGHT) is None
    assert laws_now() == Laws.prior()


def test_what_was_learned_is_what_is_told_with(here, past_days):
    past_days(8)
    made = learn.learn_now(NIGHT)
    assert made.learned_from == 32
    assert made.grown_at == NIGHT
    laws = laws_now()
    assert laws == laws_of(made)
    assert laws.planned["Visit"] == pytest.approx(57, abs=1)


def test_with_enough_on_record_the_correction_is_learned_too(here, past_days, monkeypatch):
    from alongside.rules.waits import night

    # Each of these days is like the other: there is nothing to correct, so let it be taken.
    monkeypatch.setattr(night, "loss", lambda laws, *_, **__: float(laws.correction is None))
    past_days(75)
    assert laws_of(learn.learn_now(NIGHT)).correction is not None


def test_nights_adjust_and_only_now_and_then_all_is_learned_anew(here, past_days, monkeypatch):
    past_days(40)
    lessons, nights = [], []
    taught = SimpleNamespace(to_json=Laws.prior().to_json)
    monkeypatch.setattr(learn, "new_lesson", lambda *_, **__: lessons.append(1) or taught)
    monkeypatch.setattr(learn, "night", lambda *_, **__: nights.append(1) or taught)
    learn.learn_now(NIGHT)
    for day in range(1, 30):
        past_days(1, until=NOW + day * DAY)
        learn.learn_now(NIGHT + day * DAY)
    assert lessons == [1, 1]
    assert len(nights) >= 27


def test_a_lesson_of_an_older_release_is_begun_anew(here, past_days):
    past_days(8)
    ClinicLaws.objects.create(made_at=NIGHT - DAY, grown_at=NIGHT - DAY, laws={"version": 0})
    assert laws_now() == Laws.prior()
    assert learn.learn_now(NIGHT).grown_at == NIGHT


def test_old_lessons_are_let_go(here, past_days):
    past_days(8)
    page = Laws.prior().to_json()
    for back in range(40, 0, -1):
        ClinicLaws.objects.create(made_at=NIGHT - back * DAY, laws=page)
    learn.learn_now(NIGHT)
    assert ClinicLaws.objects.count() == learn.KEPT
    assert newest().made_at == NIGHT


@pytest.mark.parametrize(
    ("hour", "last", "expected"),
    [(1, None, False), (2, None, True), (9, None, True), (9, 2, False)],
    ids=["too early", "at night", "in the morning, if off at night", "once a day"],
)
def test_it_is_done_once_a_day(here, hour, last, expected):
    now = NOW.replace(hour=hour, minute=10)
    made = ClinicLaws(made_at=NOW.replace(hour=last, minute=0)) if last else None
    assert learn.is_time_to_learn(here, now, made) is expected


def test_the_other_clinic_learns_nothing_of_it(here, past_days, hillside):
    past_days(8)
    learn.learn_now(NIGHT)
    with working_in(hillside):
        assert learn.learn_now(NIGHT) is None
        assert laws_now() == Laws.prior()
        assert ClinicLaws.objects.count() == 0


def test_it_is_asked_for_where_there_was_a_day_and_no_lesson(here, past_days, harbour):
    from alongside.clinics.current import across_clinics
    from alongside.visits.actions.changed import day_changed

    def asked() -> set:
        with across_clinics("a test"):
            return night_has_come(NIGHT)

    assert asked() == set()
    day_changed()
    assert asked() == {harbour.pk}
    past_days(8)
    learn.learn_now(NIGHT - MINUTE)
    assert asked() == set()


def test_a_lesson_that_breaks_is_said_and_breaks_nothing(harbour, monkeypatch, caplog):
    monkeypatch.setattr(errands, "learn_nightly", lambda _: 1 / 0)
    monkeypatch.setattr(errands.connection, "close", lambda: None)
    with working_in(harbour):
        errands.learn_at_night(NIGHT)
    errands._lessons[harbour.pk].join(5)
    assert "lesson broke" in caplog.text
