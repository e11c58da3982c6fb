"""The second thing: whoever reads clients' records shows it, and until then opens nothing."""

from datetime import timedelta
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from conftest import code_of, first_key, second_step, signed_in, with_code_app
from django.test import Client as Browser
from django.urls import NoReverseMatch, reverse

from alongside.access.policy import ANYONE, POLICY
from alongside.audit.models import Entry
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.keys.actions.recovery import new_codes
from alongside.keys.queries import has_second
from alongside.office.actions import second
from alongside.office.actions.way_back import way_back_in
from alongside.people.models import Staff

PASSWORD = "tea before the first visit"
STEP = "/sign-in/second/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]


def types_password(web, staff, **more):
    staff.user.set_password(PASSWORD)
    staff.user.save()
    return web.post("/sign-in/", {"email": staff.user.email, "password": PASSWORD, **more})


def becomes(staff, role):
    with working_in(staff.clinic_id):
        staff.role = role
        staff.save()
    return staff


def closed_pages():
    """Every address without a place in it that is not open to everybody."""
    for name, row in POLICY.items():
        if ANYONE in row.read | row.send or row.link:
            continue
        try:
            yield name, reverse(name)
        except NoReverseMatch:
            continue


@pytest.mark.parametrize("role", ["desk", "therapist", "manager"])
@pytest.mark.parametrize("has_app", [True, False])
def test_a_password_alone_opens_nothing(web, dee, role, has_app):
    becomes(dee, role)
    if has_app:
        with_code_app(dee)
    assert types_password(web, dee).url == STEP
    asked = list(closed_pages())
    assert len(asked) > 30
    for name, path in asked:
        assert web.get(path).status_code in (302, 401, 403, 405), name
        assert web.post(path).status_code in (302, 401, 403, 405), name
        assert "Dee" not in web.get(path).content.decode(), name
    assert web.get("/today/").url.startswith("/sign-in/")
    assert web.get("/sign-in/").url == STEP


def test_who_has_nothing_to_show_is_led_to_set_it_up(web, dee):
    types_password(web, dee, next="/people/")
    assert web.get(STEP).url == "/sign-in/first-key/"
    assert "code app" in web.get("/sign-in/first-key/").content.decode()
    assert first_key(web).url == "/me/recovery-codes/?next=%2Fpeople%2F"
    page = web.get("/me/recovery-codes/?next=/people/").content.decode()
    assert page.count("<code") == 10
    assert 'href="/people/"' in page
    assert web.get("/people/").status_code == 200


def test_a_wrong_first_code_keeps_the_same_key_on_the_page(web, dee):
    types_password(web, dee)
    web.get("/me/code-app/")
    secret = web.session["new_app"]
    assert "not right" in web.post("/me/code-app/", {"code": "000000"}).content.decode()
    assert web.session["new_app"] == secret
    assert not has_second(dee.user)


def test_with_the_code_dee_is_in_where_she_wanted_to_go(web, dee):
    with_code_app(dee)
    types_password(web, dee, next="/people/")
    before = web.session.session_key
    assert second_step(web, dee.user).url == "/people/"
    assert web.session.session_key != before, "a new key"
    assert "half" not in web.session
    assert web.get("/people/").status_code == 200


def test_a_recovery_code_opens_once(web, dee):
    with_code_app(dee)
    codes = new_codes(dee.user, now=clock.now())
    for answer in (302, 200):
        types_password(web, dee)
        assert web.post(STEP, {"code": codes[0]}).status_code == answer
        web.post("/sign-out/")


def test_charlies_code_does_not_let_dee_in(web, dee, charlie):
    with_code_app(dee)
    with_code_app(charlie)
    types_password(web, dee)
    app = Authenticator.objects.get(user=charlie.user)
    from alongside.keys.adapter import Adapter

    code = code_of(Adapter().decrypt(app.data["secret"]))
    assert web.post(STEP, {"code": code}).status_code == 200
    assert web.get("/today/").status_code == 302


def test_nobody_sets_up_a_second_app_half_way_in(web, dee):
    """A password that was found out must not bring a phone of its own."""
    with_code_app(dee)
    types_password(web, dee)
    assert web.get("/me/code-app/").url == STEP
    assert web.post("/me/code-app/", {"code": "123456"}).url == STEP
    assert web.get("/sign-in/first-key/").url == STEP


def test_a_stranger_finds_no_second_step(web, db):
    for path in (STEP, "/sign-in/first-key/", "/me/code-app/"):
        assert web.get(path).status_code == 302
        assert web.post(path, {"code": "123456"}).status_code in (302, 403, 405)


def test_a_trainer_needs_none_and_is_asked_for_the_one_they_have(web, dee):
    becomes(dee, "trainer")
    assert types_password(web, dee).url == "/"
    assert web.get("/me/").status_code == 200
    with_code_app(dee)
    assert types_password(Browser(), dee).url == STEP


def test_a_session_that_was_enough_for_a_trainer_is_not_for_a_manager(web, dee):
    types_password(web, becomes(dee, "trainer"))
    assert web.get("/me/").status_code == 200
    becomes(dee, "manager")
    assert web.get("/me/").status_code == 302


@pytest.mark.parametrize("mark", ["", "demo", "yes", "1", None, True])
def test_no_other_mark_of_a_session_is_enough(web, dee, mark):
    signed_in(web, dee, shown=mark)
    assert web.get("/me/").status_code == 302


def test_a_seat_in_the_demo_counts_only_in_the_demo(web, dee, settings):
    settings.DEMO = True
    signed_in(web, dee, shown="demo")
    assert web.get("/me/").status_code == 200
    settings.DEMO = False
    assert web.get("/me/").status_code == 302


def test_of_200_wrong_codes_five_are_compared(web, dee):
    with_code_app(dee)
    types_password(web, dee)
    with mock.patch.object(second, "shows_code", return_value=False) as compared:
        answers = [web.post(STEP, {"code": f"{n:06}"}).status_code for n in range(200)]
    assert compared.call_count <= 5
    assert answers.count(429) >= 195
    assert answers[-1] == 429


def test_of_codes_from_many_addresses_and_sessions_five_are_compared(dee):
    with_code_app(dee)
    with mock.patch.object(second, "shows_code", return_value=False) as compared:
        for n in range(40):
            web = Browser(REMOTE_ADDR=f"203.0.113.{n}")
            types_password(web, dee)
            web.post(STEP, {"code": f"{n:06}"})
    assert compared.call_count <= 5


def test_without_the_limit_every_code_is_compared(web, dee):
    """The negative control."""
    with_code_app(dee)
    types_password(web, dee)
    with (
        mock.patch.object(second, "shows_code", return_value=False) as compared,
        mock.patch.object(second, "knock", return_value=[]),
    ):
        for n in range(20):
            web.post(STEP, {"code": f"{n:06}"})
    assert compared.call_count == 20


def test_who_hammers_does_not_end_dees_session(web, dee):
    with_code_app(dee)
    types_password(web, dee)
    second_step(web, dee.user)
    other = Browser()
    types_password(other, dee)
    signed_in(web, dee)
    for n in range(20):
        other.post(STEP, {"code": f"{n:06}"})
    assert web.get("/me/").status_code == 200


def test_half_way_in_lasts_twenty_minutes(web, dee, now):
    with_code_app(dee)
    types_password(web, dee)
    with clock.standing_at(now + timedelta(minutes=20)):
        assert web.get(STEP).url == "/sign-in/"
        second_step(web, dee.user)
        assert web.get("/me/").status_code == 302


def test_another_password_ends_half_way_in(web, dee):
    with_code_app(dee)
    types_password(web, dee)
    dee.user.set_password("the kettle is always warm")
    dee.user.save()
    second_step(web, dee.user)
    assert web.get("/me/").status_code == 302


class TestOnesOwnKeys:
    """Changed only by who just showed that it is them."""

    @pytest.fixture
    def in_since_a_while(self, web, dee, now):
        with_code_app(dee)
        signed_in(web, dee)
        web.get("/me/")
        with clock.standing_at(now + timedelta(minutes=11)):
            yield web

    @pytest.mark.parametrize("path", ["/me/code-app/", "/me/recovery-codes/", "/me/keys/remove/"])
    def test_after_ten_minutes_it_is_asked_again(self, in_since_a_while, path):
        answer = in_since_a_while.post(path)
        assert answer.url.startswith("/sign-in/again/")

    def test_the_code_opens_it_again(self, in_since_a_while, dee):
        again = in_since_a_while.get("/me/recovery-codes/").url
        assert again == "/sign-in/again/?next=%2Fme%2Frecovery-codes%2F"
        code = _code(dee)
        answer = in_since_a_while.post("/sign-in/again/", {"code": code, "next": "/me/code-app/"})
        assert answer.url == "/me/code-app/"
        assert in_since_a_while.get("/me/code-app/").status_code == 200

    def test_a_wrong_code_does_not(self, in_since_a_while):
        answer = in_since_a_while.post("/sign-in/again/", {"code": "000000", "next": "/me/"})
        assert answer.status_code == 200
        assert in_since_a_while.get("/me/code-app/").status_code == 302

    def test_a_trainer_without_one_shows_the_password(self, web, dee, now):
        types_password(web, becomes(dee, "trainer"))
        with clock.standing_at(now + timedelta(minutes=11)):
            assert web.get("/me/code-app/").status_code == 302
            web.post("/sign-in/again/", {"password": "wrong"})
            assert web.get("/me/code-app/").status_code == 302
            web.post("/sign-in/again/", {"password": PASSWORD})
            assert first_key(web).status_code == 302
        assert has_second(dee.user)

    def test_the_last_one_stays(self, web, dee):
        with_code_app(dee)
        app = Authenticator.objects.get()
        signed_in(web, dee).post("/me/keys/remove/", {"which": app.pk})
        assert has_second(dee.user)

    @pytest.mark.parametrize("who", ["noor", "charlie"])
    def test_nobody_takes_away_another_persons(self, web, dee, who, request):
        becomes(dee, "trainer")
        with_code_app(dee)
        app = Authenticator.objects.get()
        signed_in(web, request.getfixturevalue(who))
        assert web.post("/me/keys/remove/", {"which": app.pk}).status_code == 404
        assert has_second(dee.user)

    def test_it_is_on_record(self, web, dee, harbour):
        types_password(web, dee)
        first_key(web)
        with working_in(harbour):
            verbs = set(Entry.objects.values_list("verb", flat=True))
        assert {"people.add_key", "people.make_codes", "people.sign_in"} <= verbs


class TestALostPhone:
    """The manager takes the old one away; the person sets up a new one."""

    def test_noor_helps_dee(self, web, dee, noor, harbour):
        with_code_app(dee)
        new_codes(dee.user, now=clock.now())
        hers = Browser()
        types_password(hers, dee)
        second_step(hers, dee.user)
        assert hers.get("/me/").status_code == 200
        assert signed_in(web, noor).post(f"/settings/staff/{dee.pk}/keys/").status_code == 302
        assert hers.get("/me/").status_code == 302
        assert not Authenticator.objects.filter(user=dee.user).exists()
        types_password(hers, dee)
        assert first_key(hers).status_code == 302
        with working_in(harbour):
            entry = Entry.objects.get(verb="people.reset_keys")
        assert (entry.actor_id, entry.about) == (noor.pk, str(dee.pk))

    @pytest.mark.parametrize(("who", "answer"), [("joon", 403), ("charlie", 403)])
    def test_nobody_else_does(self, web, dee, who, answer, request):
        with_code_app(dee)
        signed_in(web, request.getfixturevalue(who))
        assert web.post(f"/settings/staff/{dee.pk}/keys/").status_code == answer
        assert has_second(dee.user)

    def test_no_manager_of_the_other_clinic_does(self, web, dee, charlie):
        with_code_app(dee)
        signed_in(web, becomes(charlie, "manager"))
        assert web.post(f"/settings/staff/{dee.pk}/keys/").status_code == 404
        assert has_second(dee.user)

    def test_a_manager_who_left_their_desk_does_not(self, web, dee, noor, now):
        with_code_app(dee)
        with_code_app(noor)
        signed_in(web, noor).get("/me/")
        with clock.standing_at(now + timedelta(minutes=11)):
            assert web.post(f"/settings/staff/{dee.pk}/keys/").url.startswith("/sign-in/again/")
        assert has_second(dee.user)

    def test_who_works_in_two_clinics_is_told_of_in_both(self, web, dee, hillside, harbour):
        with working_in(hillside):
            Staff.objects.create(user=dee.user, role="desk", name="Dee", short_name="Dee")
        types_password(web, dee)
        first_key(web)
        for clinic in (harbour, hillside):
            with working_in(clinic):
                assert Entry.objects.filter(verb="people.add_key").count() == 1


def test_the_machine_itself_gives_the_last_manager_a_way_back(web, noor, harbour):
    with_code_app(noor)
    types_password(web, noor)
    assert way_back_in("nobody@example.org", now=clock.now()) is None
    token = way_back_in(" NOOR@example.org", now=clock.now())
    assert not has_second(noor.user)
    assert b"do not go together" in types_again(web, noor).content
    web.post(f"/invitation/{token}/", {"password": "the kettle is always warm"})
    first_key(web)
    assert web.get("/me/").status_code == 200
    with working_in(harbour):
        assert Entry.objects.filter(verb="people.reset_keys", actor_kind="clock").exists()


def types_again(web, staff):
    web.post("/sign-out/")
    return web.post("/sign-in/", {"email": staff.user.email, "password": PASSWORD})


def _code(staff):
    from alongside.keys.adapter import Adapter

    app = Authenticator.objects.get(user=staff.user, type="totp")
    app.data.pop("last", None)
    app.save()
    return code_of(Adapter().decrypt(app.data["secret"]))
