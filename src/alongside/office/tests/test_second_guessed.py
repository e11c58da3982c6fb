"""Codes cannot be guessed: of any number of wrong ones, five are compared."""

from unittest import mock

import pytest
from conftest import second_step, signed_in, with_code_app
from django.test import Client as Browser

from alongside.office.actions import second
from alongside.office.tests.stepping import STEP, types_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]


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
