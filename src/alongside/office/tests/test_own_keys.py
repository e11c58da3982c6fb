"""One's own keys: shown again before they change, never another person's, on record."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from conftest import code_of, first_key, signed_in, with_code_app

from alongside.audit.models import Entry
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.keys.queries import has_second
from alongside.office.tests.stepping import PASSWORD, becomes, types_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]


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


def _code(staff):
    from alongside.keys.adapter import Adapter

    app = Authenticator.objects.get(user=staff.user, type="totp")
    app.data.pop("last", None)
    app.save()
    return code_of(Adapter().decrypt(app.data["secret"]))
