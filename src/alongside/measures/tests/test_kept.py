"""What a page sends by itself: an answer that a device kept while there was no network."""

from datetime import timedelta

import pytest

from alongside.clinics.current import working_in
from alongside.measures.actions.alerts import name_responder
from alongside.measures.actions.answer import answer, finish
from alongside.measures.actions.ask import ask, withdraw
from alongside.measures.models import Alert, Filling
from alongside.measures.queries.forms import form_of
from alongside.measures.views.kept import lock_of
from alongside.rules.measures import ALL
from alongside.rules.measures.urgent import cannot_wait, may_alert

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
AN_HOUR_AGO = "3600"


@pytest.fixture
def amara_in(web, amara, own_page):
    """Amara, signed in, reading English today."""
    web.cookies["alongside-language"] = "en"
    return own_page(web, amara)


@pytest.fixture
def phq(amara, joon, noor, acting, harbour, now):
    """Joon, who hears alerts, asks Amara the PHQ-9."""
    with working_in(harbour):
        name_responder(joon, by=acting.staff(noor), now=now)
        return ask(amara, "phq-9", mode="self", by=acting.staff(joon), now=now)


def sends(web, filling, item: str, value: str, *, ago: str = AN_HOUR_AGO):
    """Send one answer as the device does."""
    sent = {"item": item, "answer": value, "do": "next", "kept": ago}
    return web.post(f"/mine/questionnaires/{filling.pk}/?n=1", sent)


def test_the_page_is_told_where_it_goes_on(amara_in, phq):
    first = sends(amara_in, phq, "1", "2", ago="0")
    assert first.status_code == 200
    assert first.json() == {"next": f"/mine/questionnaires/{phq.pk}/?n=2", "help": []}
    assert sends(amara_in, phq, "1", "9").status_code == 422


def test_an_answer_goes_to_its_question_wherever_that_stands_now(amara_in, phq, harbour):
    sends(amara_in, phq, "7", "3")
    with working_in(harbour):
        assert Filling.objects.get(pk=phq.pk).answers == {"7": "3"}


def test_what_was_said_last_counts_whichever_device_comes_first(amara_in, phq, harbour):
    sends(amara_in, phq, "1", "2", ago="60")
    sends(amara_in, phq, "1", "0", ago=AN_HOUR_AGO)
    sends(amara_in, phq, "2", "1", ago=AN_HOUR_AGO)
    with working_in(harbour):
        assert Filling.objects.get(pk=phq.pk).answers == {"1": "2", "2": "1"}
    sends(amara_in, phq, "1", "3", ago="0")
    with working_in(harbour):
        assert Filling.objects.get(pk=phq.pk).answers == {"1": "3", "2": "1"}


@pytest.mark.parametrize("ago", ["", "-5", "soon", "9" * 30, "²"])
def test_a_device_that_talks_nonsense_of_the_time_is_heard_all_the_same(
    amara_in, phq, harbour, ago
):
    assert sends(amara_in, phq, "1", "2", ago=ago).status_code == 200
    with working_in(harbour):
        assert Filling.objects.get(pk=phq.pk).answers == {"1": "2"}


def test_item_nine_is_heard_late_too_and_says_since_when(amara_in, phq, joon, harbour, now):
    helped = sends(amara_in, phq, "9", "1").json()["help"]
    assert helped[0] == "Thank you for telling us. You are not alone with this."
    with working_in(harbour):
        alert = Alert.objects.get()
        assert (alert.responder, alert.came_late) == (joon, True)
        assert now - alert.said_at >= timedelta(minutes=59)


def test_item_nine_is_heard_although_she_said_no_elsewhere_since(amara_in, phq, harbour):
    sends(amara_in, phq, "9", "0", ago="60")
    with working_in(harbour):
        assert not Alert.objects.exists()
    sends(amara_in, phq, "9", "2")
    with working_in(harbour):
        assert Alert.objects.count() == 1
        assert Filling.objects.get(pk=phq.pk).answers == {"9": "0"}


@pytest.mark.parametrize("over", ["finished", "withdrawn"])
def test_item_nine_is_heard_although_it_is_over(
    amara_in, phq, amara, joon, acting, harbour, now, over
):
    with working_in(harbour):
        if over == "finished":
            zeros = {str(n): "0" for n in range(1, 10)}
            answer(phq, zeros, by=acting.client(amara), now=now)
            finish(phq, by=acting.client(amara), now=now)
        else:
            withdraw(phq, by=acting.staff(joon), now=now)
    assert sends(amara_in, phq, "9", "1").status_code == 200
    with working_in(harbour):
        assert Alert.objects.count() == 1
        assert Filling.objects.get(pk=phq.pk).answers.get("9") != "1"


def test_a_page_that_is_read_is_not_there_once_it_is_withdrawn(
    amara_in, phq, joon, acting, harbour, now
):
    with working_in(harbour):
        withdraw(phq, by=acting.staff(joon), now=now)
    assert amara_in.get(f"/mine/questionnaires/{phq.pk}/").status_code == 404


def test_nobody_else_sends_it(web, own_page, luc, phq, harbour):
    with working_in(harbour):
        luc.email = "luc@example.org"
        luc.save()
    assert sends(own_page(web, luc), phq, "9", "1").status_code == 404
    with working_in(harbour):
        assert not Alert.objects.exists()


def test_charlie_does_not_send_it_either(web, sign_in, charlie, phq, harbour):
    assert sends(sign_in(web, charlie), phq, "9", "1").status_code == 403
    with working_in(harbour):
        assert Filling.objects.get(pk=phq.pk).answers == {}


def test_help_stands_on_her_own_page_until_somebody_said_what_was_done(
    amara_in, phq, web, own_page, close_to, amara
):
    assert "You are not alone" not in amara_in.get("/mine/").content.decode()
    sends(amara_in, phq, "9", "1")
    assert "You are not alone" in amara_in.get("/mine/").content.decode()
    luc = own_page(web, close_to(amara, "Luc", rights=["measures"]))
    page = luc.get("/mine/").content.decode()
    assert "my-forms" in page
    assert "You are not alone" not in page


def test_each_person_has_a_lock_of_their_own(amara, luc):
    hers, his = lock_of(amara.pk), lock_of(luc.pk)
    assert hers == lock_of(amara.pk)
    assert {hers.key, hers.who}.isdisjoint({his.key, his.who})


def test_only_answers_that_cannot_wait_are_marked():
    form = form_of("phq-9", "fr")
    assert form is not None
    marked = {
        (one.name, option.code)
        for one in form.questions
        for option in one.options
        if option.is_urgent
    }
    assert marked == {("9", "1"), ("9", "2"), ("9", "3")}
    assert [name for name, one in ALL.items() if may_alert(one)] == ["phq-9"]
    assert not cannot_wait(ALL["phq-9"], "9", "seven")


def test_together_with_joon_each_answer_is_saved_as_it_is_given(
    web, sign_in, joon, amara, acting, harbour, now
):
    with working_in(harbour):
        one = ask(amara, "gad-7", mode="staff", by=acting.staff(joon), now=now)
    there = f"/people/{amara.pk}/measures/{one.pk}/"
    sign_in(web, joon)
    assert web.post(there, {"1": "2", "do": "later", "kept": "0"}).status_code == 200
    assert web.post(there, {"do": "later", "kept": "0"}).status_code == 422
    with working_in(harbour):
        saved = Filling.objects.get(pk=one.pk)
        assert (saved.answers, saved.is_open) == ({"1": "2"}, True)
