"""A password alone opens nothing: the second step, and who must take it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from conftest import code_of, first_key, second_step, signed_in, with_code_app
from django.test import Client as Browser
from django.urls import NoReverseMatch, reverse

from alongside.access.policy import ANYONE, POLICY
from alongside.clinics import clock
from alongside.keys.actions.recovery import new_codes
from alongside.keys.queries import has_second
from alongside.office.tests.stepping import STEP, becomes, types_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]


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
