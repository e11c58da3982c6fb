"""The tablet at the door and the slip: what a person came for, and nothing of the one before."""

from datetime import timedelta

import pytest
from conftest import NOW, book_for
from django.core import signing
from django.urls import reverse

from alongside.access.actions.devices import add_device, end_device
from alongside.clinics.current import working_in
from alongside.people.models import Client
from alongside.visits.actions.check_in import check_in
from alongside.visits.models import Channel, State, Told, Visit
from alongside.visits.views import envelope

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
HOME = "/kiosk/"


@pytest.fixture
def kiosk(web, harbour, noor, acting):
    """The tablet of Harbour Street, in the language of these tests."""
    with working_in(harbour):
        _, secret = add_device(name="Door", kind="kiosk", by=acting.staff(noor), now=NOW)
    web.cookies["alongside-device"] = secret
    return web


def tap(kiosk, name: str, at: str, more: str = "", **headers):
    data = {"name": name, "at": at, "more": more, "key": "k"}
    return kiosk.post(f"{HOME}?on", data, headers={"Accept-Language": "en", **headers})


def read(kiosk, address: str) -> str:
    return kiosk.get(address, headers={"Accept-Language": "en"}).content.decode()


def fresh(visit) -> Visit:
    with working_in(visit.clinic_id):
        return Visit.objects.get(pk=visit.pk)


def test_amara_checks_in_on_the_tablet_and_reads_her_wait(kiosk, amaras_visit):
    answer = tap(kiosk, "Amara", "1030")
    assert answer.status_code == 303
    visit = fresh(amaras_visit)
    assert (visit.state, visit.arrived_by) == (State.HERE, Channel.KIOSK)
    body = read(kiosk, answer["Location"])
    for said in ("Thank you, Amara.", visit.code, "You will most likely go in by", 'class="qr"'):
        assert said in body
    with working_in(visit.clinic_id):
        assert Told.objects.get(visit=visit).channels == ["kiosk", "desk"]


def test_it_speaks_french(kiosk, amaras_visit):
    body = kiosk.get(HOME, headers={"Accept-Language": "fr"}).content.decode()
    assert 'lang="fr"' in body


def test_the_address_of_the_answer_tells_nothing_and_works_for_a_minute(
    kiosk, amaras_visit, monkeypatch
):
    address = tap(kiosk, "Amara", "10:30")["Location"]
    assert str(amaras_visit.pk) not in address
    assert "Amara" in read(kiosk, address)
    monkeypatch.setattr(envelope, "SECONDS", -1)
    answer = kiosk.get(address)
    assert (answer.status_code, answer["Location"]) == (302, HOME)


def test_the_next_persons_page_closes_the_one_before(kiosk, amaras_visit, luc, joon):
    book_for(luc, joon, NOW.replace(hour=11, minute=30))
    hers = tap(kiosk, "Amara", "10:30")["Location"]
    his = tap(kiosk, "Luc", "11:30")["Location"]
    assert kiosk.get(hers)["Location"] == HOME
    assert "Amara" not in read(kiosk, his)


def test_done_forgets_the_person_and_how_they_read(kiosk, amaras_visit):
    kiosk.cookies["big-print"] = "1"
    kiosk.cookies["alongside-language"] = "fr"
    hers = tap(kiosk, "Amara", "10:30")["Location"]
    assert kiosk.post(reverse("visits:kiosk-done"))["Location"] == HOME
    for name in ("alongside-kiosk", "big-print", "alongside-language"):
        assert kiosk.cookies[name].value == ""
    assert kiosk.get(hers)["Location"] == HOME


def test_a_page_left_open_is_cleared_when_the_tablet_goes_home(kiosk, amaras_visit):
    hers = tap(kiosk, "Amara", "10:30")["Location"]
    kiosk.get(HOME)
    assert kiosk.cookies["alongside-kiosk"].value == ""
    assert kiosk.get(hers)["Location"] == HOME
    assert "Amara" not in read(kiosk, HOME)


def test_bigger_print_lasts_while_somebody_uses_it(kiosk):
    kiosk.cookies["big-print"] = "1"
    assert "big-print" in read(kiosk, f"{HOME}?on").split("<head>")[0]
    assert f'name="next" value="{HOME}?on"' in read(kiosk, f"{HOME}?on")


def test_nothing_is_filled_in_or_kept_by_the_browser(kiosk, amaras_visit):
    for address in (HOME, tap(kiosk, "Amara", "10:30")["Location"]):
        assert kiosk.get(address)["Cache-Control"] == "no-store"
    form = read(kiosk, f"{HOME}?on")
    assert form.count('autocomplete="off"') >= 3
    assert 'value="Amara"' not in form


def test_nobody_found_says_what_to_do_on_a_page_that_clears_itself(kiosk, amaras_visit):
    answer = tap(kiosk, "Tom", "10:30")
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "they gladly check you in" in body
    # Not the bare address: kiosk.js takes that for an untouched page.
    assert f'action="{HOME}?on"' in body
    assert f'data-home="{HOME}"' in body


def test_many_guesses_are_sent_to_the_desk(kiosk, amaras_visit):
    codes = [tap(kiosk, f"Guess {n}", "10:30").status_code for n in range(32)]
    assert codes == [422] * 30 + [429] * 2
    assert tap(kiosk, "Amara", "10:30").status_code == 429
    assert fresh(amaras_visit).state == State.BOOKED


def test_a_mood_can_be_tapped_on_the_tablet(kiosk, amaras_visit):
    key = tap(kiosk, "Amara", "10:30")["Location"].rstrip("/").rpartition("/")[2]
    answer = kiosk.post(reverse("visits:kiosk-mood", args=[key]), {"mood": "1"})
    assert answer.status_code == 303
    assert fresh(amaras_visit).mood == 1
    assert 'aria-pressed="true">' in read(kiosk, answer["Location"])
    # The key was for one tap.
    kiosk.post(reverse("visits:kiosk-mood", args=[key]), {"mood": "4"})
    assert fresh(amaras_visit).mood == 1


def test_a_made_up_envelope_opens_nothing(kiosk, amaras_visit):
    forged = signing.dumps(
        {"key": "k", "visit": str(amaras_visit.pk), "address": "x"},
        key="not ours",
        salt="visits.kiosk",
    )
    kiosk.cookies["alongside-kiosk"] = forged
    assert kiosk.get(reverse("visits:kiosk-result", args=["k"]))["Location"] == HOME


def test_another_clinics_tablet_finds_nothing_of_ours(web, hillside, charlie, acting, amaras_visit):
    with working_in(hillside):
        _, secret = add_device(name="Door", kind="kiosk", by=acting.staff(charlie), now=NOW)
    web.cookies["alongside-device"] = secret
    assert tap(web, "Amara", "10:30").status_code == 422
    assert fresh(amaras_visit).state == State.BOOKED


def test_a_tablet_that_was_taken_away_and_anybody_else_are_refused(
    kiosk, harbour, noor, acting, amaras_visit
):
    from alongside.access.models import Device

    with working_in(harbour):
        end_device(Device.objects.get(), by=acting.staff(noor), now=NOW)
    assert tap(kiosk, "Amara", "10:30").status_code == 403
    assert kiosk.get(HOME).status_code == 302
    assert fresh(amaras_visit).state == State.BOOKED


def test_dee_at_her_desk_is_no_tablet(web, sign_in, dee, amaras_visit):
    assert tap(sign_in(web, dee), "Amara", "10:30").status_code == 403


def test_looking_changes_nothing(kiosk, amaras_visit):
    address = tap(kiosk, "Amara", "10:30")["Location"]
    before = fresh(amaras_visit).version
    for _ in range(3):
        assert kiosk.get(address).status_code == kiosk.head(address).status_code == 200
    assert fresh(amaras_visit).version == before


# --- the slip -----------------------------------------------------------------------------------


@pytest.fixture
def waiting(amaras_visit, amara, dee, acting):
    """Amara was checked in by Dee, who prints a slip for her."""
    with working_in(amara.clinic_id):
        check_in(amaras_visit, by=acting.staff(dee), channel=Channel.DESK, now=NOW)
    return amaras_visit


def slip(visit) -> str:
    return reverse("visits:slip", args=[visit.pk])


def test_dee_prints_a_slip_with_code_wait_and_way_but_no_name(web, sign_in, dee, waiting, amara):
    body = sign_in(web, dee).post(slip(waiting)).content.decode()
    assert fresh(waiting).code in body
    assert 'class="qr"' in body
    assert amara.first_name not in body
    with working_in(waiting.clinic_id):
        assert Told.objects.get(visit=waiting).channels == ["desk", "slip"]


def test_looking_at_a_slip_makes_no_new_link(web, sign_in, dee, waiting):
    from alongside.access.models import Link

    body = sign_in(web, dee).get(slip(waiting)).content.decode()
    assert 'class="qr"' not in body
    with working_in(waiting.clinic_id):
        assert not Link.objects.exists()
        assert Told.objects.get(visit=waiting).channels == ["desk"]


def test_a_slip_is_in_the_clients_language(web, sign_in, dee, waiting):
    web.cookies["alongside-language"] = "en"
    body = sign_in(web, dee).post(slip(waiting)).content.decode()
    assert '<html lang="fr"' in body


def test_charlie_cannot_print_amaras_slip(web, sign_in, charlie, waiting):
    for ask in (sign_in(web, charlie).get, web.post):
        assert ask(slip(waiting)).status_code == 404


def test_without_signing_in_there_is_no_slip(web, waiting):
    assert web.post(slip(waiting)).status_code == 403


def test_who_has_not_come_has_no_slip(web, sign_in, dee, amaras_visit):
    assert sign_in(web, dee).get(slip(amaras_visit)).status_code == 404


def test_the_tablet_prints_the_same_slip_once_and_says_so_in_the_ledger(kiosk, amaras_visit):
    key = tap(kiosk, "Amara", "10:30")["Location"].rstrip("/").rpartition("/")[2]
    address = reverse("visits:kiosk-slip", args=[key])
    body = kiosk.post(address).content.decode()
    assert fresh(amaras_visit).code in body
    assert "Amara" not in body
    kiosk.post(address)
    with working_in(amaras_visit.clinic_id):
        assert Told.objects.get().channels == ["kiosk", "desk", "slip"]


def test_a_slip_says_nothing_it_does_not_know(web, sign_in, dee, waiting):
    with working_in(waiting.clinic_id):
        Client.objects.filter(pk=waiting.client_id).update(language="en")
        Told.objects.update(by=NOW - timedelta(minutes=1))
    body = sign_in(web, dee).post(slip(waiting)).content.decode()
    assert "We cannot say yet how long it will be." in body
