"""The clock's errands: each at its own pace, in each clinic, by one server of several."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models.functions import Now

from alongside.clinics import current
from alongside.live.actions.lease import end_lease, take_lease
from alongside.live.models import Lease
from alongside.parts import registry
from alongside.parts.part import Errand, Part
from alongside.site import errands
from alongside.site.errands import Errands, Round, do, due, run_once

pytestmark = pytest.mark.django_db
EVERY = timedelta(seconds=30)
done: list[tuple[str, object, object]] = []


def water_plants(now) -> None:
    """An errand that goes well."""
    done.append(("plants", current.clinic_id(), now))


def feed_cat(now) -> None:
    """An errand that does not."""
    done.append(("cat", current.clinic_id(), now))
    raise RuntimeError("The cat is not here.")


def ask_database(now) -> None:
    """An errand that finds the database gone."""
    raise OperationalError("gone")


def a_part(name: str, *functions: str) -> Part:
    return Part(
        name=name,
        label=name,
        about=name,
        errands=dict.fromkeys(functions, Errand(every=EVERY)),
    )


@pytest.fixture(autouse=True)
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A product with one part, whose errands are known."""
    monkeypatch.setattr(registry, "_parts", {"garden": a_part("garden", "water_plants")})
    monkeypatch.setattr(errands, "import_string", lambda name: globals()[name])
    done.clear()
    asked.clear()
    dry.clear()


def dry_clinics(now) -> set:
    """Where the plants want water: asked once for all clinics."""
    asked.append(now)
    return set(dry)


asked: list[object] = []
dry: set[object] = set()


def names() -> list[str]:
    return [name for name, _, _ in done]


def go_round(round_: Round, now) -> None:
    for key, run in due(round_, now=now):
        do(key, run, round_, now=now)


def test_an_errand_is_done_in_each_clinic_with_the_time_it_is_given(harbour, hillside, now):
    go_round(Round(), now)
    assert {(clinic, at) for _, clinic, at in done} == {(harbour.pk, now), (hillside.pk, now)}
    assert current.clinic_id_or_none() is None


def test_an_errand_is_not_done_where_its_part_is_off(harbour, hillside, now):
    harbour.parts_off = ["garden"]
    harbour.save()
    go_round(Round(), now)
    assert [clinic for _, clinic, _ in done] == [hillside.pk]


def test_an_errand_keeps_its_own_pace(harbour, now):
    round_ = Round()
    for seconds in range(0, 95, 5):
        go_round(round_, now + timedelta(seconds=seconds))
    assert len(done) == 4


def test_an_errand_is_done_only_where_there_is_anything_to_do(harbour, hillside, now, monkeypatch):
    errand = Errand(every=EVERY, where="dry_clinics")
    garden = Part(name="garden", label="", about="", errands={"water_plants": errand})
    monkeypatch.setattr(registry, "_parts", {"garden": garden})
    round_ = Round()
    dry.add(hillside.pk)
    for seconds in range(0, 65, 5):
        go_round(round_, now + timedelta(seconds=seconds))
    assert [clinic for _, clinic, _ in done] == [hillside.pk] * 3
    assert len(asked) == 3, "it is asked at the errand's own pace, once for all clinics"
    hillside.parts_off = ["garden"]
    hillside.save()
    go_round(round_, now + 2 * EVERY + EVERY)
    assert len(done) == 3


def test_a_clock_that_was_put_back_stops_nothing(harbour, now):
    round_ = Round()
    go_round(round_, now)
    go_round(round_, now - timedelta(hours=1))
    assert len(done) == 2


def test_an_errand_that_fails_is_said_and_rests_while_the_others_go_on(
    harbour, now, monkeypatch, caplog
):
    part = a_part("garden", "feed_cat", "water_plants")
    monkeypatch.setattr(registry, "_parts", {"garden": part})
    round_ = Round()
    go_round(round_, now)
    go_round(round_, now + EVERY)
    assert names() == ["cat", "plants", "plants"]
    assert "feed_cat failed" in caplog.text


def test_a_lost_database_stops_the_round_and_is_waited_for(harbour, monkeypatch, caplog):
    monkeypatch.setattr(registry, "_parts", {"garden": a_part("garden", "ask_database")})
    monkeypatch.setattr(errands, "WITHOUT_DATABASE", 0.0)
    monkeypatch.setattr(errands.connection, "close", lambda: None)
    loop = Errands(every=0)
    looks = []

    def look() -> None:
        looks.append(1)
        if len(looks) == 3:
            loop._stop.set()
        raise OperationalError("gone")

    monkeypatch.setattr(loop, "look", look)
    loop.go_on()
    assert len(looks) == 3
    assert caplog.text.count("wait for the database") == 1


def test_everything_is_done_once_when_asked(harbour):
    run_once()
    assert names() == ["plants"]


class TestOneServerOfSeveral:
    LENGTH = timedelta(seconds=7)

    def take(self, holder: str) -> bool:
        return take_lease("errands", holder=holder, length=self.LENGTH)

    def test_the_first_has_it_and_keeps_it(self):
        assert [self.take("one"), self.take("two"), self.take("one")] == [True, False, True]

    def test_another_takes_over_when_it_has_run_out(self):
        self.take("one")
        Lease.objects.update(until=Now() - timedelta(milliseconds=1))
        assert [self.take("two"), self.take("one")] == [True, False]

    def test_another_takes_over_at_once_when_it_was_given_back(self):
        self.take("one")
        end_lease("errands", holder="two")
        assert not self.take("two")
        end_lease("errands", holder="one")
        assert self.take("two")

    def test_it_runs_out_within_ten_seconds_of_a_kill(self):
        assert errands.LENGTH.total_seconds() + errands.RENEW_EVERY + errands.EVERY < 10
        self.take("one")
        soon = Lease.objects.filter(until__lt=Now() + errands.LENGTH + timedelta(seconds=1))
        assert soon.exists()

    def test_only_the_one_with_the_lease_does_the_errands(self, harbour, monkeypatch):
        monkeypatch.setattr(errands, "close_old_connections", lambda: None)
        one, two = Errands(), Errands()
        one.look()
        two.look()
        assert names() == ["plants"]
        assert (one._is_ours, two._is_ours) == (True, False)
