"""A code app and recovery codes: each code counts once, and what is kept of them is locked."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from conftest import NOW, code_of, with_code_app

from alongside.keys.actions.code_app import address_for, new_secret, shows_code, take_up
from alongside.keys.actions.recovery import new_codes, shows_recovery
from alongside.keys.actions.remove import TheLast, remove
from alongside.keys.adapter import Adapter
from alongside.keys.queries import has_second, keyring_of, recovery_codes_of

pytestmark = pytest.mark.django_db
HALF_MINUTE = 1_800_000_000 // 30


@pytest.fixture
def at_half_minute(monkeypatch):
    """Stand the clock of the codes, which is the real one, at a half minute."""
    at = [HALF_MINUTE]
    monkeypatch.setattr(auth.time, "time", lambda: at[0] * 30 + 1)
    return at


@pytest.fixture
def secret(at_half_minute, dee):
    found = new_secret()
    assert take_up(dee.user, found, code_at(found, HALF_MINUTE), now=NOW)
    return found


def code_at(secret, counter):
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def test_a_code_is_right_for_its_half_minute_and_those_beside_it(secret, dee, at_half_minute):
    for steps, right in ((10, True), (11, False)):
        at_half_minute[0] = HALF_MINUTE + 10
        assert shows_code(dee.user, code_at(secret, HALF_MINUTE + steps + 1), now=NOW) is right
    at_half_minute[0] = HALF_MINUTE + 20
    assert not shows_code(dee.user, code_at(secret, HALF_MINUTE + 18), now=NOW)
    assert shows_code(dee.user, code_at(secret, HALF_MINUTE + 19), now=NOW)


def test_a_code_counts_once(secret, dee, at_half_minute):
    at_half_minute[0] += 5
    code = code_at(secret, at_half_minute[0])
    assert shows_code(dee.user, code, now=NOW)
    assert not shows_code(dee.user, code, now=NOW)


def test_the_code_that_set_it_up_is_used(secret, dee):
    assert not shows_code(dee.user, code_at(secret, HALF_MINUTE), now=NOW)


def test_without_what_is_remembered_it_would_count_again(secret, dee):
    """The negative control."""
    app = Authenticator.objects.get()
    app.data.pop("last")
    app.save()
    assert shows_code(dee.user, code_at(secret, HALF_MINUTE), now=NOW)


@pytest.mark.parametrize(
    "code", ["", "000000", "12345", "abcdef", "１２３４５６", "'; --", "0" * 20]
)
def test_what_is_no_code_opens_nothing(secret, dee, code):
    assert not shows_code(dee.user, code, now=NOW)


def test_charlies_app_opens_nothing_of_dees(secret, dee, charlie, at_half_minute):
    at_half_minute[0] += 5
    code = code_at(secret, at_half_minute[0])
    assert not shows_code(charlie.user, code, now=NOW)
    with_code_app(charlie)
    assert not shows_code(charlie.user, code, now=NOW)


def test_a_new_app_takes_the_place_of_the_old(secret, dee, at_half_minute):
    with_code_app(dee)
    at_half_minute[0] += 5
    assert not shows_code(dee.user, code_at(secret, at_half_minute[0]), now=NOW)
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_nothing_is_taken_up_without_a_right_code(dee):
    secret = new_secret()
    assert not take_up(dee.user, secret, "000000", now=NOW)
    assert not has_second(dee.user)


def test_what_is_kept_is_locked(secret, dee, settings, at_half_minute):
    codes = new_codes(dee.user, now=NOW)
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(code in kept for code in codes)
    settings.SECRET_KEY = "another key"
    at_half_minute[0] += 5
    assert not shows_code(dee.user, code_at(secret, at_half_minute[0]), now=NOW)
    assert not shows_recovery(dee.user, codes[0], now=NOW)
    assert keyring_of(dee.user).codes_left == 0


def test_a_recovery_code_opens_once(dee):
    codes = new_codes(dee.user, now=NOW)
    assert len(set(codes)) == 10
    assert shows_recovery(dee.user, codes[3], now=NOW)
    assert not shows_recovery(dee.user, codes[3], now=NOW)
    assert recovery_codes_of(dee.user) == [code for code in codes if code != codes[3]]


def test_new_codes_end_the_old_and_charlies_are_his_own(dee, charlie):
    old = new_codes(dee.user, now=NOW)
    new = new_codes(dee.user, now=NOW)
    assert not shows_recovery(dee.user, old[0], now=NOW)
    assert not shows_recovery(charlie.user, new[0], now=NOW)
    assert shows_recovery(dee.user, new[0], now=NOW)


def test_the_last_one_stays_where_one_is_needed(secret, dee, charlie):
    app = Authenticator.objects.get()
    with pytest.raises(TheLast):
        remove(dee.user, app.pk, must_keep_one=True)
    assert not remove(charlie.user, app.pk, must_keep_one=False), "nobody else's"
    new_codes(dee.user, now=NOW)
    assert remove(dee.user, app.pk, must_keep_one=False)
    assert not Authenticator.objects.exists(), "the recovery codes go with it"


def test_the_app_is_told_who_we_are(dee, settings):
    settings.PUBLIC_URL = "https://care.example.org"
    address = address_for(dee.user, "ABCD")
    assert address.startswith("otpauth://totp/dee%40example.org?secret=ABCD")
    assert "Alongside%20%28care.example.org%29" in address
    assert Adapter().get_public_key_credential_rp_entity()["id"] == "care.example.org"
    assert len(code_of("ABCD" * 8)) == 6
