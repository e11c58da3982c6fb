"""No secret of an address reaches the logs."""

import logging

import pytest

from alongside.site.redact import WithoutSecrets, without_secrets

TOKEN = "q-ncZC7-yfu6otrugYxaN1wE"


@pytest.mark.parametrize(
    "place", ["v", "live/visit", "enter", "device", "invitation", "calendar", "door"]
)
def test_an_address_is_logged_without_its_secret(place):
    assert TOKEN not in without_secrets(f"Not Found: /{place}/{TOKEN}/here/")


def test_other_addresses_stay_as_they_are():
    line = "Not Found: /today/visit/0199-abcd/"
    assert without_secrets(line) == line


def test_the_logs_themselves_leave_it_out(web, db, settings):
    heard = []

    class Ear(logging.Handler):
        def emit(self, record):
            heard.append(record.getMessage())

    ear = Ear()
    ear.addFilter(WithoutSecrets())
    logger = logging.getLogger("django.request")
    logger.addHandler(ear)
    try:
        web.get(f"/v/{TOKEN}/")
    finally:
        logger.removeHandler(ear)
    assert heard
    assert TOKEN not in "".join(heard)


def test_every_handler_has_the_filter(settings):
    assert all(
        "without_secrets" in handler["filters"] for handler in settings.LOGGING["handlers"].values()
    )
