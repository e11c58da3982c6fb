"""The end of it: lost in the same moment, on open pages too."""

from datetime import date, datetime, timedelta

import pytest
from conftest import PARIS

from alongside.access.own import pages_of
from alongside.access.who import link_for
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.live.queries import admit, still_open
from alongside.mine.actions.close_ones import end_sharing

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")


def test_in_the_moment_she_ends_it_luc_is_out(amara_in, as_luc, amara, close_to, amaras_visit, now):
    luc = close_to(amara, "Luc", rights=["visits", "seen"], may_act=True)
    browser = as_luc(luc)
    opened = browser.post("/mine/visit/", {"visit": str(amaras_visit.pk)}).url
    assert browser.get("/mine/").status_code == browser.get(opened).status_code == 200
    amara_in.post(f"/mine/people/{luc.pk}/end/")
    assert browser.get("/mine/").status_code == 302
    assert browser.get("/mine/who-saw/").status_code == 302
    assert browser.get("/live/mine/").status_code == 401
    assert browser.get(opened).status_code == 404
    assert browser.post(f"{opened}here/").status_code == 404
    assert browser.get("/mine/choose/").content.decode().count("<button") < 5
    assert pages_of(luc.email, now=now) == []


def test_a_letter_that_is_on_its_way_opens_nothing_then(web, amara_in, amara, close_to, harbour):
    from django.test import Client as Browser

    from alongside.messaging.models import Message

    luc = close_to(amara, "Luc", rights=["visits"])
    Browser().post("/mine/sign-in/", {"email": luc.email})
    with working_in(harbour):
        link = next(word for word in Message.objects.get().body.split() if "/mine/enter/" in word)
    amara_in.post(f"/mine/people/{luc.pk}/end/")
    path = link.partition("localhost:8000")[2]
    assert Browser().get(path).status_code == 404


def test_his_open_streams_end_with_the_next_look(as_luc, amara, close_to, harbour, acting, now):
    """The server looks every four seconds (live/stream.py); this is what it asks."""
    from django.conf import settings

    from alongside.live.stream import SWEEP

    assert SWEEP <= 4
    luc = close_to(amara, "Luc", rights=["visits"])
    key = as_luc(luc).cookies[settings.SESSION_COOKIE_NAME].value
    watching = admit("/live/mine/", {settings.SESSION_COOKIE_NAME: key}, now=now)
    assert still_open([watching], now=now) == {watching}
    with working_in(harbour):
        end_sharing(luc, by=acting.client(amara), now=now)
    assert still_open([watching], now=now) == set()


def test_his_stream_of_a_visit_ends_too(
    as_luc, amara, close_to, amaras_visit, harbour, acting, now
):
    luc = close_to(amara, "Luc", rights=["visits"], may_act=True)
    opened = as_luc(luc).post("/mine/visit/", {"visit": str(amaras_visit.pk)}).url
    watching = admit(f"/live/visit/{opened.split('/')[2]}/", {}, now=now)
    assert still_open([watching], now=now) == {watching}
    with working_in(harbour):
        end_sharing(luc, by=acting.client(amara), now=now)
    assert still_open([watching], now=now) == set()


def test_amaras_own_stream_goes_on(amara_in, amara, close_to, harbour, acting, now):
    """The negative control."""
    from django.conf import settings

    luc = close_to(amara, "Luc")
    key = amara_in.cookies[settings.SESSION_COOKIE_NAME].value
    watching = admit("/live/mine/", {settings.SESSION_COOKIE_NAME: key}, now=now)
    with working_in(harbour):
        end_sharing(luc, by=acting.client(amara), now=now)
    assert still_open([watching], now=now) == {watching}


def test_it_ends_at_the_clinics_midnight(as_luc, amara, close_to, amaras_visit, harbour, now):
    """The day on which a child decides alone: 23:59:59 yes, 0:00 no, in Paris."""
    day = date(2026, 11, 25)
    aino = close_to(amara, "Aino", relation="parent", rights=["visits"], may_act=True, until_on=day)
    browser = as_luc(aino)
    opened = browser.post("/mine/visit/", {"visit": str(amaras_visit.pk)}).url
    token = opened.split("/")[2]
    midnight = datetime(2026, 11, 25, tzinfo=PARIS)
    for at, sees in ((midnight - timedelta(seconds=1), True), (midnight, False)):
        assert bool(pages_of(aino.email, now=at)) is sees
        assert (link_for(token, purpose="visit", now=at) is not None) is sees
        with clock.standing_at(at):
            from django.test import Client as Browser

            assert (Browser().get(opened).status_code == 200) is sees


def test_it_begins_on_its_day(as_luc, amara, close_to, now):
    tomorrow = now.date() + timedelta(days=1)
    luc = close_to(amara, "Luc", rights=["visits"], begins_on=tomorrow)
    assert pages_of(luc.email, now=now) == []
    assert len(pages_of(luc.email, now=now + timedelta(days=1))) == 1
