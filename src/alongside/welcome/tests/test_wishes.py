"""A wish: one tap, one row, on the board at once, taken by one person, timed, and said back."""

from datetime import timedelta

import pytest
from conftest import NOW, book_for
from django.db import IntegrityError, connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.live.models import Pulse
from alongside.live.topics import clinic_topic, visit_topic
from alongside.visits.actions import move_on
from alongside.visits.actions.check_in import check_in
from alongside.visits.actions.self_service import NotTheirs
from alongside.visits.models import Channel
from alongside.welcome.actions.see_to import SomebodyIsGoing, take_wish
from alongside.welcome.actions.wish import NotWaiting, make_wish
from alongside.welcome.models import Wish
from alongside.welcome.tests.conftest import link_to

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_time(at_ten_past_ten):
    """All of this happens at 10:12."""


def tap(web, token: str, kind: str = "water", **data):
    return web.post(f"/v/{token}/wish/{kind}/", data)


def answer(web, wish: Wish, do: str, **headers):
    return web.post(reverse("welcome:answer", args=[wish.pk]), {"do": do}, headers=headers)


def page(web, token: str) -> str:
    return web.get(reverse("visits:visit", args=[token])).content.decode()


def board(web) -> str:
    return web.get(reverse("visits:board"), headers={"Accept-Language": "en"}).content.decode()


def wishes(visit) -> list[Wish]:
    with working_in(visit.clinic_id):
        return list(Wish.objects.filter(visit=visit).select_related("taken_by"))


@pytest.fixture
def water(waiting, amara, acting) -> Wish:
    """Amara has asked for a glass of water."""
    with working_in(waiting.clinic_id):
        return make_wish(waiting, "water", by=acting.client(amara), now=NOW)


# --- asking -------------------------------------------------------------------------------------


def test_one_tap_is_a_wish_and_the_page_says_that_the_desk_sees_it(in_english, link, waiting):
    sent = tap(in_english, link)
    assert (sent.status_code, sent["Location"]) == (303, f"/v/{link}/#wishes")
    body = page(in_english, link)
    assert "You asked for a glass of water. The front desk can see it." in body
    assert "A glass of water</button>" not in body
    assert "A quieter place</button>" in body


def test_five_taps_are_one_wish(web, link, waiting):
    for _ in range(5):
        tap(web, link)
    assert len(wishes(waiting)) == 1
    with working_in(waiting.clinic_id):
        assert Entry.objects.filter(verb="welcome.make_wish").count() == 1


def test_the_database_itself_refuses_a_second_open_wish(water):
    twice = Wish(visit=water.visit, clinic=water.clinic, kind="water", asked_at=NOW)
    with working_in(water.clinic_id), pytest.raises(IntegrityError), transaction.atomic():
        twice.save()
    # The negative control: the same row is welcome once the first wish is over.
    with working_in(water.clinic_id):
        Wish.objects.update(withdrawn_at=NOW)
        twice.save()


def test_each_kind_is_a_wish_of_its_own(web, link, waiting):
    for kind in ("water", "quiet", "print", "help"):
        tap(web, link, kind)
    assert {wish.kind for wish in wishes(waiting)} == {"water", "quiet", "print", "help"}
    assert tap(web, link, "champagne").status_code == 404


def test_larger_print_is_larger_at_once_and_the_desk_knows(in_english, link, waiting):
    assert tap(in_english, link, "water").cookies.get("big-print") is None
    assert tap(in_english, link, "print").cookies["big-print"].value == "1"
    assert "big-print" in page(in_english, link).split("<head")[0]


def test_she_can_say_that_she_no_longer_needs_it_and_ask_again(in_english, link, waiting):
    tap(in_english, link)
    tap(in_english, link, do="never-mind")
    assert "A glass of water</button>" in page(in_english, link)
    tap(in_english, link)
    assert [wish.withdrawn_at is None for wish in wishes(waiting)] == [False, True]


def test_taking_back_without_end_is_stopped_and_asking_for_help_never_is(web, link, waiting):
    for _ in range(13):
        tap(web, link, "help")
        tap(web, link, "help", do="never-mind")
    made = wishes(waiting)
    assert len(made) == 11
    assert made[-1].withdrawn_at is None


def test_who_is_not_here_or_already_inside_makes_no_wish(
    web, link, amaras_visit, acting, amara, dee
):
    assert tap(web, link).status_code == 303
    with working_in(amara.clinic_id):
        with pytest.raises(NotWaiting):
            make_wish(amaras_visit, "water", by=acting.client(amara), now=NOW)
        move_on.start(amaras_visit, by=acting.staff(dee), now=NOW)
    tap(web, link)
    assert wishes(amaras_visit) == []


# --- who may ------------------------------------------------------------------------------------


def test_luc_cannot_wish_in_his_sisters_name(waiting, luc, amara, acting):
    with working_in(waiting.clinic_id):
        with pytest.raises(NotTheirs):
            make_wish(waiting, "water", by=acting.client(luc), now=NOW)
        make_wish(waiting, "water", by=acting.client(amara), now=NOW)


def test_lucs_link_wishes_for_luc(web, waiting, luc, joon, dee, acting):
    his = book_for(luc, joon, NOW.replace(hour=11, minute=20))
    with working_in(luc.clinic_id):
        check_in(his, by=acting.staff(dee), channel=Channel.DESK, now=NOW)
    tap(web, link_to(his))
    assert (len(wishes(his)), len(wishes(waiting))) == (1, 0)


def test_without_the_link_nobody_wishes(web, desk, waiting, link):
    assert tap(web, "guessed").status_code == 404
    assert tap(desk, str(waiting.pk)).status_code == 404
    assert web.get(f"/v/{link}/wish/water/").status_code == 403
    assert wishes(waiting) == []
    assert tap(web, link).status_code == 303
    assert len(wishes(waiting)) == 1


def test_a_client_cannot_see_to_a_wish(web, water, desk):
    assert answer(web, water, "going").status_code == 403
    assert wishes(water.visit)[0].taken_at is None
    assert answer(desk, water, "going").status_code == 303
    assert wishes(water.visit)[0].taken_at == NOW


@pytest.mark.parametrize("do", ["going", "done", "not-after-all"])
def test_charlie_in_the_other_clinic_cannot_touch_it(water, charlie, sign_in, do):
    other = sign_in(Browser(), charlie)
    before = wishes(water.visit)
    assert answer(other, water, do).status_code == 404
    assert "glass of water" not in board(other)
    assert [vars(w)["taken_at"] for w in wishes(water.visit)] == [w.taken_at for w in before]


# --- the desk -----------------------------------------------------------------------------------


def test_it_stands_on_the_board_with_its_age(water, desk):
    with clock.standing_at(NOW + timedelta(minutes=4)):
        body = board(desk)
    assert "wishes: a glass of water" in body
    assert "asked 10:12, 4 min ago" in body
    assert "I am going" in body


def test_help_comes_first_and_is_said_aloud_and_in_words(water, desk, web, link):
    quiet = board(desk)
    assert 'id="wishes-help" class="stack tight" role="alert"></div>' in quiet
    assert quiet.index('id="wishes"') > quiet.index('id="waiting-title"')
    with clock.standing_at(NOW + timedelta(minutes=2)):
        tap(web, link, "help")
        loud = board(desk)
    assert "Amara needs help now" in loud.split('role="alert">')[1].split("</form>")[0]
    assert loud.index('id="wishes"') < loud.index('id="waiting-title"')


def test_one_tap_takes_it_and_the_client_reads_who_is_coming(water, desk, in_english, link):
    answer(desk, water, "going")
    assert "Dee is coming with your water." in page(in_english, link)
    assert "Dee is going: a glass of water" in board(desk)
    with clock.standing_at(NOW + timedelta(minutes=3)):
        answer(desk, water, "done")
        assert "A glass of water</button>" in page(in_english, link)
        assert "wishes:" not in board(desk)
    (done,) = wishes(water.visit)
    assert (done.taken_at, done.taken_by.name) == (NOW, "Dee")
    assert done.done_at == NOW + timedelta(minutes=3)


def test_of_two_who_tap_one_goes_and_the_other_sees_who(water, desk, joon, sign_in, dee, acting):
    answer(desk, water, "going")
    other = sign_in(Browser(), joon)
    sent = other.post(
        reverse("welcome:answer", args=[water.pk]),
        {"do": "going"},
        headers={"Accept-Language": "en"},
        follow=True,
    )
    assert "Dee is already going." in sent.content.decode()
    assert wishes(water.visit)[0].taken_by == dee
    with working_in(water.clinic_id):
        with pytest.raises(SomebodyIsGoing):
            take_wish(water, by=acting.staff(joon), now=NOW)
        # The same person may tap twice.
        take_wish(water, by=acting.staff(dee), now=NOW)


def test_not_after_all_gives_it_back_as_old_as_it_was(water, desk):
    answer(desk, water, "going")
    answer(desk, water, "not-after-all")
    (again,) = wishes(water.visit)
    assert (again.taken_at, again.taken_by, again.asked_at) == (None, None, NOW)


def test_a_live_board_gets_its_piece_back(water, desk):
    headers = {"HX-Request": "true"}
    sent = desk.post(
        reverse("welcome:answer", args=[water.pk]), {"do": "going"}, headers=headers, follow=True
    )
    assert sent.redirect_chain == [("/today/", 303)]
    assert sent.content.decode().strip().startswith('<div id="board"')


def test_what_nobody_saw_to_leaves_the_board_when_she_goes_in(water, desk, acting, joon):
    with working_in(water.clinic_id):
        move_on.start(water.visit, by=acting.staff(joon), now=NOW)
    assert "glass of water" not in board(desk)


def test_every_change_is_pushed_and_put_on_record(water, desk, link, web):
    topics = [clinic_topic(water.clinic_id), visit_topic(water.visit_id)]

    def pulses():
        return [Pulse.objects.get(topic=topic).number for topic in topics]

    for do, verb in [
        ("going", "take_wish"),
        ("not-after-all", "let_go"),
        ("going", "take_wish"),
        ("done", "finish_wish"),
    ]:
        before = pulses()
        answer(desk, water, do)
        assert pulses() == [number + 1 for number in before], verb
        with working_in(water.clinic_id):
            last = Entry.objects.order_by("-number").first()
        assert (last.verb, last.client_key) == (f"welcome.{verb}", water.visit.client_id)


def test_a_button_that_does_not_exist_does_nothing(water, desk):
    assert answer(desk, water, "eat-it").status_code == 404


# --- queries ------------------------------------------------------------------------------------


def test_the_board_asks_the_same_few_questions_however_many_wait(
    water, desk, harbour, joon, dee, acting
):
    from alongside.people.models import Client

    def count() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as caught:
            board(desk)
        ours = [one for one in caught.captured_queries if "welcome_" in one["sql"]]
        return len(caught), len(ours)

    board(desk)
    before = count()
    for n in range(5):
        with working_in(harbour):
            one = Client.objects.create(first_name=f"Aino {n}", prefers="none")
        visit = book_for(
            one, joon, NOW.replace(hour=11, minute=30) + timedelta(hours=n), is_first=True
        )
        with working_in(harbour):
            check_in(visit, by=acting.staff(dee), channel=Channel.DESK, now=NOW)
            make_wish(visit, "water", by=acting.client(one), now=NOW)
    board(desk)
    after = count()
    # Wishes for the rows, wishes for the panel, offers; with a first visit also the hopes.
    assert (before[1], after[1]) == (2, 3)
    assert after[0] - before[0] == 1


def test_the_clients_page_asks_one_question_more(web, link, waiting, harbour):
    with CaptureQueriesContext(connection) as caught:
        page(web, link)
    assert len([one for one in caught.captured_queries if "welcome_" in one["sql"]]) == 1
