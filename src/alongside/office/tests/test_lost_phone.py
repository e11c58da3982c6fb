"""A lost phone: who helps, who does not, and the last manager's way back."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from conftest import first_key, second_step, signed_in, with_code_app
from django.test import Client as Browser

from alongside.audit.models import Entry
from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.keys.actions.recovery import new_codes
from alongside.keys.queries import has_second
from alongside.office.actions.way_back import way_back_in
from alongside.office.tests.stepping import PASSWORD, becomes, types_password
from alongside.people.models import Staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]


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

    def test_what_opens_another_clinic_as_well_is_not_this_ones_to_take_away(
        self, web, dee, noor, hillside, charlie
    ):
        """Any clinic may write somebody's address on its list; that gives it nothing of theirs."""
        with_code_app(charlie)
        theirs = signed_in(Browser(), charlie)
        invited = {"name": "Charlie", "email": charlie.user.email, "role": "therapist"}
        signed_in(web, noor).post("/settings/staff/", invited)
        with working_in(noor.clinic_id):
            here = Staff.objects.get(user=charlie.user)
        answer = web.post(f"/settings/staff/{here.pk}/keys/", follow=True)
        assert "works in another clinic as well" in answer.content.decode()
        assert has_second(charlie.user)
        assert theirs.get("/me/").status_code == 200

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
