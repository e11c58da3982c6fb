"""Who may watch what; and whoever may no longer is found by one look for all streams."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from alongside.access import presence
from alongside.access.actions.devices import add_device, end_device
from alongside.access.actions.links import end_links, give_link
from alongside.access.who import DEVICE_COOKIE
from alongside.clinics.current import working_in
from alongside.live.queries import Refused, admit, still_open
from alongside.live.topics import clinic_topic, visit_topic
from alongside.rules.door.staying import stay_of

pytestmark = pytest.mark.django_db
BOARD = "/live/clinic/"


def refused(path: str, cookies: dict[str, str], now) -> int:
    with pytest.raises(Refused) as no:
        admit(path, cookies, now=now)
    return no.value.status


@pytest.fixture
def signed_in(web, sign_in):
    """The cookies of somebody who signed in."""

    def _cookies(staff) -> dict[str, str]:
        sign_in(web, staff)
        return {settings.SESSION_COOKIE_NAME: web.cookies[settings.SESSION_COOKIE_NAME].value}

    return _cookies


@pytest.fixture
def screen(harbour, noor, acting, now):
    """A wall screen at Harbour Street, and its cookie."""
    with working_in(harbour):
        device, token = add_device(name="Wall", kind="screen", by=acting.staff(noor), now=now)
    return device, {DEVICE_COOKIE: token}


@pytest.fixture
def amaras_link(amara, harbour, now):
    """The visit that Amara's link opens, and the address of its stream."""
    visit = uuid4()
    with working_in(harbour):
        token = give_link(
            amara, purpose="visit", subject=visit, now=now, until=now + timedelta(hours=1)
        )
    return visit, f"/live/visit/{token}/"


def test_dee_watches_her_own_clinic(signed_in, dee, harbour, now):
    assert admit(BOARD, signed_in(dee), now=now).topic == clinic_topic(harbour.pk)


def test_charlie_watches_only_the_clinic_he_works_in(signed_in, charlie, hillside, harbour, now):
    topic = admit(BOARD, signed_in(charlie), now=now).topic
    assert topic == clinic_topic(hillside.pk) != clinic_topic(harbour.pk)


def test_a_screen_watches_its_clinic(screen, harbour, now):
    assert admit(BOARD, screen[1], now=now).topic == clinic_topic(harbour.pk)


def test_amara_watches_her_own_visit_and_nothing_else(amaras_link, now):
    visit, path = amaras_link
    assert admit(path, {}, now=now).topic == visit_topic(visit)
    assert refused(BOARD, {}, now) == 401


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (BOARD, 401),
        ("/live/visit/a-secret-that-nobody-has/", 404),
        ("/live/", 404),
        ("/live/clinic/more/", 404),
        ("/live/visit//", 404),
        ("/healthz", 404),
    ],
)
def test_a_stranger_watches_nothing(path, status, db, now):
    assert refused(path, {}, now) == status
    assert refused(path, {DEVICE_COOKIE: "guess", settings.SESSION_COOKIE_NAME: "x"}, now) == status


def test_signing_in_does_not_open_a_clients_stream(signed_in, dee, now):
    assert refused("/live/visit/a-secret-that-nobody-has/", signed_in(dee), now) == 404


def test_a_link_that_has_expired_opens_nothing(amaras_link, now):
    assert refused(amaras_link[1], {}, now + timedelta(hours=2)) == 404


def test_somebody_who_was_idle_too_long_watches_nothing(signed_in, dee, web, now):
    cookies = signed_in(dee)
    session = web.session
    presence.was_here(session, now=now, stay=stay_of("desk"))
    session.save()
    assert admit(BOARD, cookies, now=now + timedelta(minutes=59))
    assert refused(BOARD, cookies, now + timedelta(minutes=61)) == 401


def test_watching_leaves_the_session_as_it_was(signed_in, dee, now):
    cookies = signed_in(dee)
    before = list(Session.objects.values_list())
    for minutes in range(0, 50, 10):
        admit(BOARD, cookies, now=now + timedelta(minutes=minutes))
    assert list(Session.objects.values_list()) == before


class TestWhatEndedIsFound:
    """Each with those beside it that go on: `still_open` must not end everybody."""

    @pytest.fixture
    def streams(self, signed_in, dee, charlie, screen, amaras_link, now):
        """Four open streams, by who holds them."""
        return {
            "dee": admit(BOARD, signed_in(dee), now=now),
            "charlie": admit(BOARD, signed_in(charlie), now=now),
            "screen": admit(BOARD, screen[1], now=now),
            "amara": admit(amaras_link[1], {}, now=now),
        }

    @staticmethod
    def ended(streams, now) -> set[str]:
        fine = still_open(streams.values(), now=now)
        return {who for who, admission in streams.items() if admission not in fine}

    def test_nobody_is_sent_away_without_a_reason(self, streams, now):
        # Signing Charlie in with the same browser ended Dee's session.
        assert self.ended(streams, now) == {"dee"}

    def test_a_session_that_ended(self, streams, web, now):
        web.logout()
        assert self.ended(streams, now) == {"dee", "charlie"}

    def test_somebody_who_works_here_no_longer(self, streams, charlie, hillside, now):
        with working_in(hillside):
            charlie.is_active = False
            charlie.save()
        assert self.ended(streams, now) == {"dee", "charlie"}

    def test_somebody_whose_role_changed(self, streams, charlie, hillside, now):
        with working_in(hillside):
            charlie.role = "trainer"
            charlie.save()
        assert self.ended(streams, now) == {"dee", "charlie"}

    def test_a_device_that_was_taken_away(self, streams, screen, harbour, noor, acting, now):
        with working_in(harbour):
            end_device(screen[0], by=acting.staff(noor), now=now)
        assert self.ended(streams, now) == {"dee", "screen"}

    def test_a_link_that_was_ended(self, streams, amaras_link, harbour, now):
        with working_in(harbour):
            end_links(subject=amaras_link[0], now=now)
        assert self.ended(streams, now) == {"dee", "amara"}

    def test_a_link_that_expired(self, streams, now):
        assert self.ended(streams, now + timedelta(hours=2)) == {"dee", "amara"}

    def test_somebody_who_touched_nothing_for_too_long(self, streams, web, now):
        session = web.session
        presence.was_here(session, now=now, stay=stay_of("desk"))
        session.save()
        assert self.ended(streams, now + timedelta(minutes=59)) == {"dee"}
        assert self.ended(streams, now + timedelta(minutes=61)) == {"dee", "amara", "charlie"}

    def test_it_is_one_look_however_many_streams(self, streams, now, django_assert_max_num_queries):
        with django_assert_max_num_queries(4):
            still_open(streams.values(), now=now)


def test_a_link_shows_somebody_close_no_more_than_they_were_given(amara, close_to, harbour, now):
    for rights, is_admitted in ((["visits"], True), ([], False)):
        with working_in(harbour):
            token = give_link(
                amara,
                purpose="visit",
                subject=uuid4(),
                now=now,
                until=now + timedelta(hours=1),
                close_one=close_to(amara, "Luc", rights=rights),
            )
        path = f"/live/visit/{token}/"
        if is_admitted:
            assert admit(path, {}, now=now).link
        else:
            assert refused(path, {}, now) == 403
