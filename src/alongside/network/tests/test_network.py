"""A network's office: numbers of its clinics; and the glass, broken for a reason, for an hour."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from conftest import book_for
from django.core import mail
from django.db import IntegrityError, transaction

from alongside.access.models import Glass
from alongside.audit.models import Entry
from alongside.clinics import clock
from alongside.clinics.current import across_clinics, working_in
from alongside.clinics.models import Clinic, Network
from alongside.life.actions.questions import ask_question
from alongside.life.models import Question
from alongside.network.actions.admins import NoSuchAdmin, appoint, dismiss, office_of
from alongside.network.actions.glass import LONGEST
from alongside.network.queries.health import FEWEST, health_of
from alongside.people.models import Staff

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
REASON = "Noor is ill, and a client stands before a closed door."


@pytest.fixture
def robin_in(web, sign_in, robin, harbour, hillside):
    """Robin, signed in, reading English."""
    web.cookies["alongside-language"] = "en"
    return sign_in(web, robin)


@pytest.fixture
def foreign(db):
    """A clinic of another network."""
    return Clinic.objects.create(network=Network.objects.create(name="Far Away"), name="Far OT")


def look(web, clinic, reason: str = REASON):
    return web.post(f"/network/clinics/{clinic.pk}/look/", {"reason": reason})


# --- numbers ---


def test_robin_sees_the_clinics_of_his_network(robin_in, foreign):
    page = robin_in.get("/network/").content.decode()
    assert "Harbour Street OT" in page
    assert "Hillside Rehab" in page
    assert "Far OT" not in page
    assert robin_in.get("/").url == "/network/"


def test_and_no_client_anywhere(robin_in, amara, amaras_visit, harbour):
    for path in ("/today/", "/people/", f"/people/{amara.pk}/", "/messages/", "/ledger/"):
        assert robin_in.get(path).status_code in (403, 404), path
    assert "Amara" not in robin_in.get("/network/").content.decode()
    assert "Amara" not in robin_in.get(f"/network/clinics/{harbour.pk}/").content.decode()


def test_a_share_of_too_few_is_not_told(harbour, amara, joon, now):
    """Four people's waits would tell of single people."""
    for hour in range(FEWEST):
        at = now - timedelta(days=1, hours=hour)
        times = {"arrived_at": at, "started_at": at + timedelta(minutes=4)}
        book_for(amara, joon, at, state="done", finished_at=at + timedelta(minutes=9), **times)
        (one,) = health_of([harbour], now)
        assert (one.share is None) is (hour + 1 < FEWEST)
    assert (one.visits, one.in_time, one.share) == (FEWEST, FEWEST, 100)


def test_a_longer_list_costs_no_more(robin_in, network, django_assert_max_num_queries):
    for number in range(20):
        Clinic.objects.create(network=network, name=f"Clinic {number}")
    with django_assert_max_num_queries(14):
        robin_in.get("/network/")


@pytest.mark.parametrize("who", ["noor", "dee", "joon", "charlie"])
def test_nobody_else_opens_the_office(web, sign_in, request, who, harbour):
    sign_in(web, request.getfixturevalue(who))
    assert web.get("/network/").status_code == 403
    assert web.get(f"/network/clinics/{harbour.pk}/").status_code == 403
    assert look(web, harbour).status_code == 403


# --- a new clinic ---


def test_robin_adds_a_clinic_and_its_manager_sets_it_up(robin_in, network):
    new = {
        "name": "Mill Lane OT",
        "zone_name": "Europe/Paris",
        "manager": "Mika",
        "email": "mika@example.org",
    }
    page = robin_in.post("/network/new/", new).content.decode()
    assert "/invitation/" in page
    mill = Clinic.objects.get(name="Mill Lane OT")
    assert mill.network == network
    with working_in(mill):
        assert Staff.objects.get().role == "manager"
        assert next(one.verb for one in Entry.objects.order_by("number")) == "network.add_clinic"


def test_a_time_zone_that_nobody_knows_is_put_right(robin_in):
    new = {"name": "X", "zone_name": "Mars/North", "manager": "Mika", "email": "m@example.org"}
    assert robin_in.post("/network/new/", new).status_code == 422
    assert not Clinic.objects.filter(name="X").exists()


# --- the glass ---


@pytest.mark.parametrize("reason", ["", "   ", "because"])
def test_without_a_reason_the_answer_is_no(robin_in, harbour, reason):
    assert look(robin_in, harbour, reason).status_code == 403
    with across_clinics("a test"):
        assert not Glass.objects.exists()
    assert robin_in.get("/today/").status_code == 403


def test_another_networks_clinic_is_not_there(robin_in, foreign):
    assert look(robin_in, foreign).status_code == 404
    assert robin_in.get(f"/network/clinics/{foreign.pk}/").status_code == 404
    with across_clinics("a test"):
        assert not Glass.objects.exists()


def test_with_a_reason_robin_reads_what_noor_reads(robin_in, harbour, amara, amaras_visit):
    look(robin_in, harbour)
    for path in ("/today/", f"/people/{amara.pk}/", "/settings/", f"/people/{amara.pk}/record/"):
        page = robin_in.get(path)
        assert page.status_code == 200, path
        text = page.content.decode()
        assert "You are looking into Harbour Street OT for the network, until 11:12." in text, path


def test_and_changes_nothing(robin_in, harbour, amara, amaras_visit):
    look(robin_in, harbour)
    for path in (
        f"/people/{amara.pk}/change/",
        f"/people/{amara.pk}/card/",
        "/settings/clinic/",
        "/settings/parts/",
        f"/people/{amara.pk}/close-ones/",
        f"/network/clinics/{harbour.pk}/look/",
        "/network/new/",
        "/me/",
    ):
        assert robin_in.post(path, {"first_name": "X", "reason": REASON}).status_code == 403, path


def test_one_clinic_at_a_time(robin_in, harbour, hillside, charlie):
    look(robin_in, harbour)
    assert look(robin_in, hillside).status_code == 403
    with working_in(hillside):
        assert not Glass.objects.exists()


def test_it_is_on_record_as_what_it_is(robin_in, harbour, amara):
    look(robin_in, harbour)
    robin_in.get(f"/people/{amara.pk}/")
    with working_in(harbour):
        entry = Entry.objects.get(verb="network.break_glass")
        assert entry.actor_kind == "network"
        assert entry.detail["reason"] == REASON
        seen = Entry.objects.get(verb="people.read_client")
        assert (seen.actor_kind, seen.client_key) == ("network", amara.pk)


def test_amara_reads_it_on_her_page(web, robin_in, harbour, amara, own_page):
    from django.test import Client as Browser

    look(robin_in, harbour)
    robin_in.get(f"/people/{amara.pk}/")
    hers = Browser()
    hers.cookies["alongside-language"] = "en"
    page = own_page(hers, amara).get("/mine/who-saw/").content.decode()
    assert "Robin (from the network, with a reason given) opened the page about you." in page


def test_it_ends_by_itself_after_an_hour(robin_in, harbour, now):
    look(robin_in, harbour)
    with clock.standing_at(now + timedelta(minutes=29)):
        assert robin_in.get("/today/").status_code == 200
    with clock.standing_at(now + timedelta(minutes=58)):
        assert robin_in.get("/today/").status_code == 200
    with clock.standing_at(now + LONGEST):
        assert robin_in.get("/today/").status_code == 403
        assert robin_in.get("/network/").status_code == 200


def test_and_by_a_button(robin_in, harbour, now):
    look(robin_in, harbour)
    assert robin_in.post("/network/leave/").url == "/network/"
    assert robin_in.get("/today/").status_code == 403
    with working_in(harbour):
        assert Glass.objects.get().ended_at == now
        assert Entry.objects.filter(verb="network.leave").count() == 1


def test_it_is_this_browsers_alone(robin_in, robin, sign_in, harbour):
    from django.test import Client as Browser

    look(robin_in, harbour)
    assert sign_in(Browser(), robin).get("/today/").status_code == 403


def test_it_ends_with_whoever_looks(robin_in, network, harbour, now):
    look(robin_in, harbour)
    dismiss(network, "robin@example.org", now=now)
    assert robin_in.get("/today/").status_code == 302


def test_somebody_elses_glass_opens_nothing(web, sign_in, dee, harbour, hillside, charlie, now):
    """A member of a clinic with the key of a glass in their session is who they were."""
    with working_in(hillside):
        glass = Glass.objects.create(
            who=dee.pk, who_label="Dee", reason=REASON, began_at=now, until=now + LONGEST
        )
    sign_in(web, dee)
    session = web.session
    session["glass"] = str(glass.pk)
    session.save()
    assert "Harbour Street" in web.get("/today/").content.decode()


def test_the_database_keeps_no_glass_without_a_reason(here, now, dee):
    with pytest.raises(IntegrityError), transaction.atomic():
        Glass.objects.create(who=dee.pk, who_label="X", reason="", began_at=now, until=now)


def test_live_streams_are_not_for_the_glass(robin_in, harbour, now):
    from django.conf import settings

    from alongside.live.queries import Refused, admit

    look(robin_in, harbour)
    key = robin_in.cookies[settings.SESSION_COOKIE_NAME].value
    with pytest.raises(Refused):
        admit("/live/clinic/", {settings.SESSION_COOKIE_NAME: key}, now=now)


# --- the managers are told ---


def test_noor_is_told_by_e_mail_neutrally(
    robin_in, harbour, noor, dee, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_IS_SET = True
    with django_capture_on_commit_callbacks(execute=True):
        look(robin_in, harbour)
    (letter,) = mail.outbox
    assert letter.to == ["noor@example.org"]
    for private in ("Harbour Street OT", "client", REASON, "Robin"):
        assert private not in f"{letter.subject}{letter.body}"
    assert "/settings/network/" in letter.body


def test_and_on_the_board_with_the_reason_a_click_away(
    robin_in, sign_in, harbour, noor, dee, charlie
):
    from django.test import Client as Browser

    look(robin_in, harbour)
    noors, dees, charlies = (sign_in(Browser(), one) for one in (noor, dee, charlie))
    for browser in (noors, dees, charlies):
        browser.cookies["alongside-language"] = "en"
    said = "Somebody from the network looked into this clinic on 24 November at 10:12."
    assert said in noors.get("/today/").content.decode()
    assert "/settings/network/" in noors.get("/today/").content.decode()
    assert said in dees.get("/today/").content.decode()
    assert said not in charlies.get("/today/").content.decode()
    assert REASON in noors.get("/settings/network/").content.decode()
    assert dees.get("/settings/network/").status_code == 403


# --- who looks after a network ---


def test_somebody_is_appointed_and_dismissed(web, sign_in, network, robin, now):
    assert office_of(network).is_office
    assert robin.role == "network"
    dismiss(network, "ROBIN@example.org", now=now)
    assert sign_in(web, robin).get("/network/").status_code == 302
    with pytest.raises(NoSuchAdmin):
        dismiss(network, "robin@example.org", now=now)
    appoint(network, "robin@example.org", name="Robin", now=now)
    robin.user.refresh_from_db()
    assert sign_in(web, robin).get("/network/").status_code == 200


def test_no_clinics_page_gives_this_role(web, sign_in, noor, dee):
    sign_in(web, noor)
    page = web.get("/settings/staff/").content.decode()
    assert 'value="network"' not in page
    change = {"name": "Dee", "short_name": "Dee", "role": "network"}
    assert web.post(f"/settings/staff/{dee.pk}/", change).status_code == 422
    with working_in(dee.clinic_id):
        assert Staff.objects.get(pk=dee.pk).role == "desk"


def test_by_the_command(tmp_path):
    """On a machine of its own: it says what is missing, and does not break."""
    alongside = [sys.executable, "-m", "alongside.site.cli"]
    env = {**os.environ, "DATABASE_URL": ""}
    told = subprocess.run(
        [*alongside, "migrate", "--data", str(tmp_path)],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    told = subprocess.run(
        [*alongside, "network", "add", "robin@example.org", "--data", str(tmp_path)],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert "set up a clinic first" in told.stderr


def test_the_clock_has_nothing_to_do_in_an_office(robin, harbour, now):
    from alongside.site.errands import Round, due

    there = {key for (key, _errand), _run in due(Round(), now=now)}
    assert harbour.pk in there
    assert robin.clinic_id not in there


def test_nothing_is_taken_out_of_a_clinic_that_somebody_looks_into(
    robin_in, harbour, noor, sign_in
):
    look(robin_in, harbour)
    assert robin_in.get("/the-wait/").status_code == 200
    assert robin_in.get("/the-wait.csv").status_code == 403
    # The positive twin: the manager takes it out.
    assert sign_in(robin_in, noor).get("/the-wait.csv").status_code == 200


def test_looking_at_a_question_does_not_say_that_it_was_read(robin_in, harbour, amara, acting, now):
    with working_in(harbour):
        asked = ask_question(amara, words="Which bus?", by=acting.client(amara), now=now)
    look(robin_in, harbour)
    page = robin_in.get(f"/people/{amara.pk}/life/").content.decode()
    assert "Which bus?" in page
    with working_in(harbour):
        assert Question.objects.get(pk=asked.pk).seen_at is None
