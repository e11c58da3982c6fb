"""What a client does by their own link: say they come, move it, call it off."""

import re
from datetime import datetime, timedelta

import pytest
from conftest import NOW, PARIS, _staff, book_for

from alongside.access.actions.links import give_link
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.messaging.models import Message
from alongside.visits.actions.cancel import cancel_visit
from alongside.visits.actions.change import move_visit
from alongside.visits.actions.confirm import confirm_visit
from alongside.visits.actions.self_service import NotTheirs, TooLate
from alongside.visits.models import State, Visit

AT = datetime(2026, 12, 1, 14, 0, tzinfo=PARIS)
ACTS = ("confirm", "change", "cancel")

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


@pytest.fixture
def visit(amara, joon):
    return book_for(amara, joon, AT)


@pytest.fixture
def link(visit):
    with working_in(visit.clinic_id):
        token = give_link(
            visit.client,
            purpose="visit",
            subject=visit.pk,
            now=NOW,
            until=AT + timedelta(days=1),
        )
    return f"/v/{token}/"


def now_of(visit: Visit) -> Visit:
    with working_in(visit.clinic_id):
        return Visit.objects.get(pk=visit.pk)


def letters(visit: Visit, template: str) -> int:
    with working_in(visit.clinic_id):
        return Message.objects.filter(template=template, about=visit.pk).count()


@pytest.mark.parametrize("act", [*ACTS, "visit.ics"])
def test_reading_a_page_never_changes_anything(web, link, visit, act):
    address = f"{link}{act}" if act.endswith("ics") else f"{link}{act}/"
    for method in (web.get, web.head, web.get):
        assert method(address).status_code == 200
    after = now_of(visit)
    assert (after.version, after.state, after.confirmed_at) == (1, State.BOOKED, None)


def test_amara_says_with_one_tap_that_she_will_come(web, link, visit):
    page = web.get(link).content.decode()
    assert f'action="{link}confirm/"' in page
    for _ in range(3):
        assert web.post(f"{link}confirm/", {"key": "k"}).status_code == 303
    after = now_of(visit)
    assert (after.confirmed_at, after.version) == (NOW, 2)
    page = web.get(link).content.decode()
    assert f'action="{link}confirm/"' not in page


def test_amara_takes_another_free_time_with_joon(web, link, visit, luc, joon):
    book_for(luc, joon, AT + timedelta(hours=1))
    page = web.get(f"{link}change/").content.decode()
    offered = re.findall(r'name="to" value="2026-12-01T(\d\d:\d\d)', page)
    assert len(offered) == 6
    assert "14:00" not in offered  # three o'clock in Paris: Luc has it
    to = AT + timedelta(days=1)
    answer = web.post(f"{link}change/", {"to": to.isoformat(), "key": "k"}, follow=True)
    assert answer.status_code == 200
    assert (now_of(visit).booked_at, letters(visit, "moved")) == (to, 1)
    web.post(f"{link}change/", {"to": to.isoformat(), "key": "k"})
    assert (now_of(visit).version, letters(visit, "moved")) == (2, 1)


@pytest.mark.parametrize(
    "to",
    ["", "x", "2026-12-02T10:00", "9999-12-31T23:59:00+00:00", "2026-12-02T03:00:00+01:00"],
)
def test_a_time_that_we_do_not_offer_is_refused(web, link, visit, to):
    assert web.post(f"{link}change/", {"to": to}).status_code in (409, 422)
    assert now_of(visit).booked_at == AT


def test_a_time_that_was_just_taken_is_said_kindly_and_tells_nobodys_name(
    web, link, visit, luc, joon
):
    to = AT + timedelta(days=1)
    book_for(luc, joon, to)
    answer = web.post(f"{link}change/", {"to": to.isoformat(), "key": "k"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Luc" not in page
    assert now_of(visit).booked_at == AT
    assert 'name="to"' in page


def test_amara_cancels_after_one_question_and_another_time_is_offered(web, link, visit):
    page = web.get(f"{link}cancel/").content.decode()
    assert f'href="{link}change/"' in page
    for _ in range(2):
        web.post(f"{link}cancel/", {"reason": "my son is ill", "key": "k"})
    assert (now_of(visit).state, letters(visit, "cancelled")) == (State.CANCELLED, 1)
    assert web.get(link).status_code == 200


@pytest.mark.parametrize("act", ["change", "cancel"])
def test_too_late_is_said_with_what_to_do_instead(web, link, visit, harbour, act):
    harbour.phone = "01 23 45 67 89"
    harbour.save()
    with clock.standing_at(AT - timedelta(hours=23)):
        page = web.get(f"{link}{act}/").content.decode()
        assert "0123456789" in page
        assert "<textarea" not in page
        to = (AT + timedelta(days=1)).isoformat()
        assert web.post(f"{link}{act}/", {"to": to, "key": "k"}).status_code == 409
    assert (now_of(visit).version, now_of(visit).state) == (1, State.BOOKED)


def test_the_clinic_decides_until_when(web, link, visit, harbour):
    harbour.change_until = timedelta(hours=2)
    harbour.save()
    with clock.standing_at(AT - timedelta(hours=3)):
        web.post(f"{link}cancel/", {"key": "k"})
    assert now_of(visit).state == State.CANCELLED


@pytest.mark.parametrize("act", ACTS)
def test_what_has_begun_is_not_changed_by_a_link(web, link, visit, act):
    with working_in(visit.clinic_id):
        Visit.objects.filter(pk=visit.pk).update(state=State.HERE, arrived_at=NOW, version=2)
    to = (AT + timedelta(days=1)).isoformat()
    web.post(f"{link}{act}/", {"to": to, "key": "k"})
    assert now_of(visit).version == 2


@pytest.mark.parametrize("act", ACTS)
def test_a_made_up_or_expired_link_opens_nothing(web, link, visit, act):
    assert web.post(f"/v/{'x' * 24}/{act}/").status_code == 404
    with clock.standing_at(AT + timedelta(days=2)):
        assert web.post(f"{link}{act}/").status_code == 404
    assert now_of(visit).version == 1


def test_signing_in_as_staff_is_no_link(web, sign_in, charlie, visit):
    sign_in(web, charlie)
    assert web.post(f"/v/{visit.pk}/cancel/").status_code == 404
    assert now_of(visit).state == State.BOOKED


def test_luc_cannot_act_on_amaras_visit(here, visit, luc, acting):
    for act in (cancel_visit, move_visit):
        with pytest.raises(NotTheirs):
            act(visit, by=acting.client(luc), now=NOW)
    with pytest.raises(NotTheirs):
        confirm_visit(visit, by=acting.client(luc), now=NOW)


def test_staff_may_still_do_what_is_too_late_for_a_link(here, visit, amara, dee, acting):
    late = AT - timedelta(minutes=5)
    with pytest.raises(TooLate):
        cancel_visit(visit, by=acting.client(amara), now=late)
    assert cancel_visit(visit, by=acting.staff(dee), now=late).state == State.CANCELLED


def test_charlie_cannot_change_a_visit_of_this_clinic(visit, charlie, hillside, acting):
    by = acting.staff(charlie)
    with working_in(hillside):
        for act in (cancel_visit, move_visit, confirm_visit):
            with pytest.raises(Exception, match=r"."):
                act(visit, by=by, now=NOW)
    assert now_of(visit).version == 1


def test_the_visit_goes_into_amaras_own_calendar(web, link):
    answer = web.get(f"{link}visit.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"SUMMARY:Harbour\r\n" in answer.content
    assert b"Joon" not in answer.content


def test_a_first_visit_says_whom_they_will_meet(web, amara, harbour):
    aino = _staff(harbour, "Aino", "therapist", about="I like the sea. I have a dog.")
    visit = book_for(amara, aino, AT, is_first=True)
    with working_in(harbour):
        token = give_link(amara, purpose="visit", subject=visit.pk, now=NOW, until=AT)
    page = web.get(f"/v/{token}/").content.decode()
    assert "I like the sea." in page
    assert "La porte bleue" in page
    assert "lunettes" in page


@pytest.mark.parametrize("act", ACTS)
def test_the_pages_speak_french_to_amara(web, link, act):
    assert '<html lang="fr"' in web.get(f"{link}{act}/").content.decode()
