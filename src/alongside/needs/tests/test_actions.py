"""What is said and offered: the right person, the wrong person, the other clinic."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from alongside.audit.models import Entry
from alongside.clinics.current import NoClinic, working_in
from alongside.live.models import Pulse
from alongside.needs.actions._note import NotTheirs
from alongside.needs.actions.offer import CoversNothing, answer, offer
from alongside.needs.actions.say import NothingSaid, NotOnTheScale, say, say_how_hard, say_more
from alongside.needs.actions.services import add_service, change_service
from alongside.needs.messages import joined
from alongside.needs.models import Extent, Proposal, Service, Voice
from alongside.needs.queries.profile import lines_of
from alongside.needs.queries.who_sees import EVERY
from alongside.people.actors import ActorKind, of_close_one


def test_a_tap_keeps_the_words_and_adds_a_row(dressing, amara, acting, here, now):
    later = now + timedelta(days=30)
    made = say_how_hard(amara, "d540", performance=1, by=acting.client(amara), now=later)
    assert (made.words, made.importance) == ("buttons take me ages", 9)
    assert Extent.objects.count() == 2
    (line,) = lines_of(amara.pk, EVERY)
    side = line.sides[Voice.CLIENT]
    assert (side.now.performance, side.before.performance) == (1, 3)
    assert Entry.objects.filter(verb="needs.say").count() == 2


def test_said_twice_alike_is_said_once(dressing, amara, acting, here, now):
    say_how_hard(amara, "d540", performance=3, by=acting.client(amara), now=now)
    assert Extent.objects.count() == 1


def test_the_database_refuses_to_change_what_was_said(dressing, here):
    with pytest.raises(DatabaseError), transaction.atomic():
        Extent.objects.filter(pk=dressing.pk).update(performance=0)
    assert Extent.objects.get().performance == 3


def test_words_need_something_that_was_said_to_be_hard(amara, acting, here, now):
    with pytest.raises(NothingSaid):
        say_more(amara, "d540", words="x", importance=3, by=acting.client(amara), now=now)


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("d999", {"performance": 1}),
        ("d540", {"performance": 5}),
        ("d540", {"performance": 1, "helps": True}),
        ("b280", {"performance": 1, "capacity": 1}),
        ("d540", {"performance": 1, "importance": 11}),
    ],
)
def test_only_our_list_and_its_scale(code, values, amara, acting, here, now):
    with pytest.raises(NotOnTheScale):
        say(amara, code, **values, by=acting.client(amara), now=now)


def test_staff_say_whose_view_they_enter(amara, joon, acting, here, now):
    by = acting.staff(joon)
    say(amara, "d540", performance=4, by=by, now=now)
    say(amara, "d540", performance=2, voice=Voice.CLOSE, by=by, now=now)
    (line,) = lines_of(amara.pk, EVERY)
    assert {voice.value for voice in line.sides} == {"therapist", "close"}
    assert line.apart == 2
    assert Entry.objects.filter(verb="needs.enter", client_key=amara.pk).count() == 2


def test_a_client_speaks_for_themselves_only(amara, luc, acting, here, now):
    made = say(
        amara, "d540", performance=1, voice=Voice.THERAPIST, by=acting.client(amara), now=now
    )
    assert made.voice == Voice.CLIENT
    with pytest.raises(NotTheirs):
        say(amara, "d540", performance=4, by=acting.client(luc), now=now)


def test_somebody_close_has_a_view_of_their_own(amara, close_to, dressing, here, now):
    may = of_close_one(close_to(amara, "Luc", rights=["needs"], may_act=True))
    made = say(amara, "d540", performance=4, by=may, now=now)
    assert (made.voice, made.by) == (Voice.CLOSE, "Luc")
    may_not = of_close_one(close_to(amara, "Ana", rights=["needs"]))
    with pytest.raises(NotTheirs):
        say(amara, "d540", performance=0, by=may_not, now=now)


def test_the_front_desk_says_nothing_here(amara, dee, dressing, daily_living, acting, here, now):
    with pytest.raises(NotTheirs):
        say(amara, "d540", performance=1, by=acting.staff(dee), now=now)
    with pytest.raises(NotTheirs):
        offer(amara, daily_living, by=acting.staff(dee), now=now)


def test_the_other_clinic_finds_nothing(
    amara, charlie, dressing, daily_living, hillside, acting, now
):
    with working_in(hillside):
        assert not Extent.objects.exists()
        assert not Service.objects.exists()
        treats = replace(acting.staff(charlie), kind=ActorKind.THERAPIST)
        with pytest.raises((CoversNothing, NoClinic)):
            offer(amara, daily_living, by=treats, now=now)


def test_an_offer_says_why_in_the_clients_language(
    amara, joon, dressing, daily_living, acting, here, now
):
    made = offer(amara, daily_living, by=acting.staff(joon), now=now)
    assert "s'habiller" in made.reason
    again = offer(amara, daily_living, by=acting.staff(joon), now=now)
    assert again == made
    assert Entry.objects.filter(verb="needs.offer").count() == 1


def test_a_name_with_a_comma_is_read_as_one():
    assert joined(["d540", "d440"]) == "dressing and “fingers: pick up, grip”"
    assert joined([]) == ""


def test_what_covers_nothing_is_not_offered(
    amara, joon, dressing, work, daily_living, acting, here, now
):
    with pytest.raises(CoversNothing):
        offer(amara, work, by=acting.staff(joon), now=now)
    daily_living.is_open = False
    with pytest.raises(CoversNothing):
        offer(amara, daily_living, by=acting.staff(joon), now=now)


def test_the_database_keeps_one_open_offer_of_a_service(
    amara, joon, dressing, daily_living, acting, here, now
):
    made = offer(amara, daily_living, by=acting.staff(joon), now=now)
    twin = {
        "client": amara, "service": daily_living, "offered_at": now, "by": "x", "reason": "y",
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(**twin)
    # The control: once it is answered, it may be offered again.
    answer(made, accepts=False, by=acting.client(amara), now=now)
    Proposal.objects.create(**twin)


def test_an_offer_is_answered_once(amara, luc, joon, dressing, daily_living, acting, here, now):
    made = offer(amara, daily_living, by=acting.staff(joon), now=now)
    with pytest.raises(NotTheirs):
        answer(made, accepts=True, by=acting.client(luc), now=now)
    assert answer(made, accepts=True, by=acting.client(amara), now=now)
    assert not answer(made, accepts=False, by=acting.staff(joon), now=now)
    made.refresh_from_db()
    assert (made.accepted_at, made.declined_at, made.answered_by) == (now, None, "Amara")


def test_amaras_open_page_is_told(amara, joon, acting, here, now):
    before = sum(Pulse.objects.values_list("number", flat=True))
    say(amara, "d540", performance=4, by=acting.staff(joon), now=now)
    assert sum(Pulse.objects.values_list("number", flat=True)) > before


def test_only_a_manager_says_what_is_offered(noor, joon, acting, here, now):
    values = {"name": "Coping group", "covers": ["b152"]}
    with pytest.raises(NotTheirs):
        add_service(values, by=acting.staff(joon), now=now)
    made = add_service(values, by=acting.staff(noor), now=now)
    closed = {"is_open": False}
    with pytest.raises(NotTheirs):
        change_service(made.pk, closed, version=1, by=acting.staff(joon), now=now)
    change_service(made.pk, closed, version=1, by=acting.staff(noor), now=now)
    assert not Service.objects.get().is_open


def test_what_one_close_person_said_is_put_in_no_others_mouth(amara, close_to, here, now):
    luc, ines = (
        of_close_one(close_to(amara, name, rights=["needs"], may_act=True))
        for name in ("Luc", "Ines")
    )
    say_how_hard(amara, "d540", performance=3, by=luc, now=now)
    say_more(amara, "d540", words="she cries over the buttons", importance=8, by=luc, now=now)
    with pytest.raises(NothingSaid):
        say_more(amara, "d540", words="x", importance=1, by=ines, now=now)
    hers = say_how_hard(amara, "d540", performance=1, by=ines, now=now + timedelta(hours=1))
    assert (hers.by, hers.words, hers.importance) == ("Ines", "", None)
