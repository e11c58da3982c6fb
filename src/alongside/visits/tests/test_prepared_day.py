"""A day with every prepared question asked twice: prepared, and as Django asks it."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from conftest import NOW, book_for
from django.db import connection
from django.db.models import Model
from django.urls import reverse

from alongside.access.actions.devices import add_device
from alongside.access.actions.links import give_link
from alongside.access.models import Glass
from alongside.clinics import clock
from alongside.clinics.current import across_clinics, working_in
from alongside.clinics.prepared import _Question, _Written
from alongside.life.models import Question
from alongside.measures.models import Alert, Filling
from alongside.people.models import Card
from alongside.visits.actions.work_out import work_out_when_changed
from alongside.visits.models import State, Visit

pytestmark = pytest.mark.django_db


class NotTheSame(AssertionError):
    """A prepared question gave something else than its queryset."""


def values(one: object, deep: int = 3) -> object:
    """All that a row holds, and the rows that came along with it."""
    if not isinstance(one, Model):
        return one
    along = one._state.fields_cache if deep else {}
    own = {name: value for name, value in one.__dict__.items() if name != "_state"}
    return type(one), own, {name: values(row, deep - 1) for name, row in along.items()}


@pytest.fixture
def asked_twice(monkeypatch) -> dict[str, int]:
    """How often each question was asked, with rows in its answer."""
    asked: dict[str, int] = {}
    ask = _Question.__call__

    def twice(self, *args, **kwargs):
        found = ask(self, *args, **kwargs)
        across = self._written[connection.vendor].across
        with across_clinics(across) if across else nullcontext():
            plain = list(self._build(*args, **kwargs))
        if list(map(values, found)) != list(map(values, plain)):
            raise NotTheSame(f"{self._build.__qualname__}: {found} is not {plain}")
        name = f"{self._build.__module__}.{self._build.__qualname__}"
        asked[name] = asked.get(name, 0) + bool(found)
        return found

    monkeypatch.setattr(_Question, "__call__", twice)
    return asked


def walk(web, sign_in, acting, cast) -> None:
    amara, luc, joon, dee, noor = cast
    with working_in(amara.clinic_id):
        Card.objects.create(client=amara, helps="a quiet corner")
        _whatever_else_a_board_asks(amara, joon)
        _, secret = add_device(name="Wall", kind="screen", by=acting.staff(noor), now=NOW)
    visits = [
        book_for(amara, joon, NOW + timedelta(minutes=18)),
        book_for(luc, joon, NOW - timedelta(minutes=30)),
    ]
    links = [_link(visit) for visit in visits]
    sign_in(web, dee)
    for minute, (visit, link) in enumerate(zip(visits, links, strict=True)):
        with clock.standing_at(NOW + timedelta(minutes=minute)):
            for name in ("check-in", "check-in", "ask"):
                assert web.post(reverse(f"visits:{name}", args=[link])).status_code == 303
            web.post(reverse("welcome:wish", kwargs={"token": link, "kind": "water"}))
            assert web.get(reverse("visits:visit", args=[link])).status_code == 200
            assert web.get("/today/").status_code == 200
        with working_in(visit.clinic_id):
            assert Visit.objects.get(pk=visit.pk).state == State.HERE
    web.post(f"/today/visit/{visits[1].pk}/step/", {"verb": "start"})
    with clock.standing_at(NOW + timedelta(minutes=40)):
        with working_in(amara.clinic_id):
            work_out_when_changed(NOW + timedelta(minutes=40))
        assert web.get("/today/").status_code == 200
        assert web.get(reverse("visits:visit", args=[links[0]])).status_code == 200
        web.logout()
        web.cookies["alongside-device"] = secret
        assert web.get(reverse("visits:screen")).status_code == 200


def _whatever_else_a_board_asks(amara, joon) -> None:
    """An open question, an alert, and somebody of the network who looked in."""
    Question.objects.create(
        client=amara, words="May I drive?", asked_at=NOW, asked_by="Amara", answer_by=NOW.date()
    )
    filled = Filling.objects.create(
        client=amara, measure="phq-9", asked_at=NOW, asked_by="Joon", finished_at=NOW
    )
    Alert.objects.create(filling=filled, code="self_harm", raised_at=NOW, responder=joon)
    later = NOW + timedelta(hours=1)
    Glass.objects.create(
        who=joon.pk, who_label="Noor", reason="asked to", began_at=NOW, until=later
    )


def _link(visit) -> str:
    with working_in(visit.clinic_id):
        until = NOW + timedelta(days=1)
        return give_link(visit.client, purpose="visit", subject=visit.pk, now=NOW, until=until)


@pytest.fixture
def cast(amara, luc, joon, dee, noor):
    return amara, luc, joon, dee, noor


def test_every_prepared_question_gives_what_its_queryset_gives(
    web, sign_in, acting, cast, asked_twice
):
    walk(web, sign_in, acting, cast)
    # Enough of them, and with something in the answer: an empty list is the same as any other.
    assert len(asked_twice) >= 18
    empty = {name.rpartition(".")[2] for name, times in asked_twice.items() if not times}
    assert empty <= {"_away", "_newest_laws", "_failed", "offers_on", "_works", "_devices"}


def test_a_question_that_reads_a_column_wrongly_is_found(
    web, sign_in, acting, cast, asked_twice, monkeypatch
):
    """The negative control: a row made of the wrong columns does not pass the walk."""

    def misread(self, connection, values):
        found = ask(self, connection, values)
        for one in found:
            if isinstance(one, Visit):
                one.code = "wrong"
        return found

    ask = _Written.ask
    monkeypatch.setattr(_Written, "ask", misread)
    with pytest.raises(NotTheSame):
        walk(web, sign_in, acting, cast)
