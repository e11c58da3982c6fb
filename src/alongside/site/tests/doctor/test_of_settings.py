"""The doctor and the settings: what is wrong is found, and Django's own checks say it too."""

import copy

import pytest

from alongside.site.doctor import look, of_settings
from alongside.site.tests.doctor.seen import ids


def said(check) -> set[str]:
    return ids(check())


def policy(**changed) -> dict:
    from django.conf import settings

    said = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    said["DIRECTIVES"].update(changed)
    return said


@pytest.mark.parametrize("check", of_settings.CHECKS)
def test_an_installation_as_it_should_be_has_nothing(well, check):
    assert said(check) == set()


SICK = [
    (of_settings.hosts, "E001", {"ALLOWED_HOSTS": ["*"]}),
    (of_settings.hosts, "E002", {"ALLOWED_HOSTS": ["another.example.org"]}),
    (of_settings.https, "E003", {"HTTPS": False, "PUBLIC_URL": "http://clinic.example.org"}),
    (of_settings.https, "W004", {"SECURE_HSTS_SECONDS": 3600}),
    (of_settings.cookies, "E005", {"SESSION_COOKIE_SECURE": False}),
    (of_settings.cookies, "E005", {"CSRF_COOKIE_NAME": "csrf"}),
    (of_settings.cookies, "E006", {"SESSION_COOKIE_HTTPONLY": False}),
    (of_settings.session_length, "E007", {"SESSION_COOKIE_AGE": 14 * 24 * 3600}),
    (of_settings.limits, "E010", {"DATA_UPLOAD_MAX_MEMORY_SIZE": None}),
    (of_settings.limits, "E010", {"DATA_UPLOAD_MAX_NUMBER_FIELDS": 100_000}),
    (of_settings.policy, "E011", {"CONTENT_SECURITY_POLICY": None}),
    (of_settings.policy, "E011", {"CONTENT_SECURITY_POLICY": policy(**{"script-src": ["*"]})}),
    (
        of_settings.policy,
        "E011",
        {"CONTENT_SECURITY_POLICY": policy(**{"style-src": ["'unsafe-inline'"]})},
    ),
    (of_settings.policy, "E011", {"MIDDLEWARE": []}),
    (of_settings.guards, "E013", {"MIDDLEWARE": []}),
    (of_settings.secret_key, "E014", {"SECRET_KEY": "hunter2"}),
    (of_settings.secret_key, "E014", {"SECRET_KEY": "a" * 60}),
    (of_settings.mail, "W015", {"EMAIL_IS_SET": False}),
]


@pytest.mark.parametrize(("check", "id_", "changed"), SICK)
def test_what_is_wrong_with_the_settings_is_found(well, check, id_, changed):
    for name, value in changed.items():
        setattr(well, name, value)
    assert said(check) == {f"alongside.{id_}"}


def test_a_quick_hash_of_passwords_is_found(well):
    well.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assert said(of_settings.hasher) == {"alongside.E008"}


def test_a_hash_that_this_machine_cannot_bear_is_found(well):
    well.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert said(of_settings.hasher) == {"alongside.W009"}


def test_djangos_admin_is_found(well, monkeypatch):
    monkeypatch.setattr(of_settings.settings, "INSTALLED_APPS", ["django.contrib.admin"])
    assert said(of_settings.admin) == {"alongside.E012"}


def test_the_settings_checks_are_djangos_too():
    from django.core.checks import run_checks

    from alongside.site.doctor.known import make_known

    before = ids(run_checks(include_deployment_checks=True))
    assert not {one for one in before if one.startswith("alongside.")}
    make_known()
    after = ids(run_checks(include_deployment_checks=True))
    assert "alongside.W015" in after


def test_what_is_answered_elsewhere_is_djangos_and_says_where():
    assert all(name.startswith("security.W") for name in look.ANSWERED)
    assert all(len(why) > 10 for why in look.ANSWERED.values())
