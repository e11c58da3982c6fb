"""The ledger of ASVS is true: what it names is there, what it counts is counted."""

import ast
import logging
import os
import re
import subprocess
import sys
from collections import Counter

import pytest
from conftest import signed_in
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client as Browser
from django.urls import reverse

from alongside.clinics.models import Network
from alongside.people.actions.add_user import add_user
from tests.house import asvs
from tests.house.canaries import Seeds, sow
from tests.house.hazards import imported
from tests.house.sweep import addresses, arguments
from tests.house.tree import ROOT, SRC, modules, place

TEXT = asvs.PAGE.read_text(encoding="utf-8")
LEDGER = asvs.ledger(TEXT)


def test_every_requirement_that_applies_stands_there_once():
    numbers = [line.number for line in LEDGER]
    assert len(numbers) == len(set(numbers)) == 246
    sections = Counter(number.rpartition(".")[0] for number in numbers)
    assert sections == asvs.SECTIONS


def test_every_test_that_it_names_is_there():
    lost = [
        f"{line.number}: {path}::{name}"
        for line in LEDGER
        for path, name in asvs.TEST.findall(line.stands)
        if not (ROOT / path).is_file()
        or not re.search(rf"^(async )?def {name}\(", (ROOT / path).read_text(), re.MULTILINE)
    ]
    assert lost == []


def test_every_page_that_it_names_is_there():
    lost = [
        f"{line.number}: {link}"
        for line in LEDGER
        for link in asvs.LINK.findall(line.stands)
        if not (asvs.PAGE.parent / link.partition("#")[0]).exists()
    ]
    assert lost == []
    bare = [line.number for line in LEDGER if line.kind == "page" and "](" not in line.stands]
    assert bare == [], "a requirement that nothing stands for"


def test_what_is_not_met_says_why():
    short = [
        line.number
        for line in LEDGER
        if line.kind == "not met" and len(line.stands.split(":", 1)[-1].split()) < 3
    ]
    assert short == []


def test_what_it_counts_is_counted(capsys):
    kinds = Counter(line.kind for line in LEDGER)
    found = asvs.SUMMARY.search(TEXT)
    assert found
    said = [int(number) for number in found.groups()]
    with capsys.disabled():
        first = Counter(line.kind for line in LEDGER if line.level == 1)
        print(f"\nASVS 5.0, level 2: {dict(kinds)}; of these level 1: {dict(first)}")
    assert said == [kinds["test"], kinds["page"], kinds["absent"], kinds["not met"]]


def test_a_planted_row_without_a_test_would_be_found():
    (line,) = asvs.ledger("| 9.9.9 | 1 | x | `tests/house/none.py::test_gone` |\n")
    assert line.kind == "test"
    assert not (ROOT / asvs.TEST.findall(line.stands)[0][0]).exists()
    assert asvs.ledger("| 9.9.9 | 3 | x | y |\n") == []


# --- what the ledger says of things that have no test elsewhere ---

NONE_OF = (
    "ldap", "ldap3", "lxml", "xml.etree", "xml.dom", "xml.sax", "defusedxml", "graphene",
    "strawberry", "graphql", "websockets", "wsproto", "channels", "oauthlib", "authlib", "jwt",
    "saml2", "onelogin", "pymemcache", "memcache", "markdown", "jinja2", "corsheaders",
)  # fmt: skip


def test_the_product_has_none_of_what_is_said_to_be_absent():
    used = [
        f"{place(path)}: {name}"
        for path in modules()
        for _, name in imported(ast.parse(path.read_text()))
        if any(f"{name}.".startswith(f"{one}.") for one in NONE_OF)
    ]
    assert used == []
    from django.conf import settings

    installed = " ".join(settings.INSTALLED_APPS)
    assert not re.search(r"socialaccount|oauth|saml|openid|graphene|channels\b|cors", installed)
    scripts = [path for path in SRC.rglob("*.js") if not path.name.endswith(".min.js")]
    text = "\n".join(path.read_text() for path in scripts)
    # A BroadcastChannel is between pages of one host only; a window's messages are not.
    between = (
        r"(window|parent|opener|top)\.postMessage|window\.addEventListener\(.message.|onmessage"
    )
    assert not re.search(rf"new WebSocket|{between}|\beval\(", text)
    assert "Access-Control-Allow-Origin" not in "\n".join(path.read_text() for path in modules())


@pytest.fixture
def sown(db, settings):
    settings.DEMO = True
    return sow("h", Network.objects.create(name="Two Streets"), Seeds())


@pytest.mark.usefixtures("at_ten_past_ten")
def test_trace_is_refused(sown):
    browser = Browser(raise_request_exception=False)
    signed_in(browser, sown.staff["manager"])
    for address in addresses():
        answer = browser.generic("TRACE", reverse(address.name, kwargs=arguments(address, sown)))
        assert answer.status_code in (302, 403, 404, 405), address.name
        assert b"TRACE" not in answer.content


@pytest.mark.usefixtures("at_ten_past_ten")
def test_a_form_from_elsewhere_is_refused_at_every_address(sown):
    browser = Browser(enforce_csrf_checks=True, raise_request_exception=False)
    signed_in(browser, sown.staff["manager"])
    for address in addresses():
        path = reverse(address.name, kwargs=arguments(address, sown))
        assert browser.post(path, {"a": "b"}).status_code == 403, address.name


def cookies_without_care(tree: ast.AST) -> list[int]:
    """Give the lines on which a cookie is set without saying who may read and send it."""
    asked = {"secure", "httponly", "samesite"}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in ("set_cookie", "set_signed_cookie")
        and not asked <= {word.arg for word in node.keywords}
    ]


def test_every_cookie_says_who_may_read_and_send_it():
    found = [
        f"{place(path)}:{line}"
        for path in modules()
        for line in cookies_without_care(ast.parse(path.read_text()))
    ]
    assert found == []
    assert cookies_without_care(ast.parse("a.set_cookie('x', 'y', httponly=True)")) == [1]


NAMES = """
import django; django.setup()
from django.conf import settings
from alongside.access.middleware import LANGUAGE_COOKIE
from alongside.access.who import DEVICE_COOKIE
from alongside.ui.comfort import COOKIES
from alongside.visits.views.envelope import COOKIE
for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, LANGUAGE_COOKIE,
             DEVICE_COOKIE, *COOKIES.values(), COOKIE):
    print(name)
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY,
      settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax")
"""


def test_where_a_clinic_is_served_every_cookie_is_named_for_https():
    env = {
        **os.environ,
        "ALONGSIDE_PUBLIC_URL": "https://clinic.example",
        "ALONGSIDE_SECRET_KEY": "only for the tests",
        "DJANGO_SETTINGS_MODULE": "alongside.site.settings",
    }
    asked = [sys.executable, "-c", NAMES]
    said = subprocess.run(asked, env=env, capture_output=True, text=True, check=True).stdout
    *names, flags = said.splitlines()
    assert len(names) == 7
    assert [name for name in names if not name.startswith(("__Host-", "__Secure-"))] == []
    assert flags == "True True True True"


def test_long_passwords_of_any_kind_are_taken_exactly_as_typed(db):
    for common in ("qwerty123456", "1qaz2wsx3edc"):
        with pytest.raises(ValidationError):
            validate_password(common)
    plain = "nothing but small letters and blanks in a sentence of more than sixty four"
    assert len(plain) > 64
    validate_password(plain)
    user = add_user("long@example.org", name="Long")
    user.set_password(plain)
    assert user.check_password(plain)
    # Exactly as typed: nothing cut off, no other case, no blanks taken away.
    for other in (plain[:-1], plain.upper(), f" {plain}", plain + " "):
        assert not user.check_password(other)


def test_every_password_field_is_masked_and_may_be_filled_by_a_manager_of_passwords():
    for path in SRC.glob("*/forms/*.py"):
        __import__(".".join(path.relative_to(SRC.parent).with_suffix("").parts))
    fields = {
        f"{form.__name__}.{name}": field
        for form in _every(forms.BaseForm)
        if form.__module__.startswith("alongside.")
        for name, field in getattr(form, "base_fields", {}).items()
        if "password" in name
    }
    assert len(fields) >= 3
    for name, field in fields.items():
        assert isinstance(field.widget, forms.PasswordInput), name
        assert field.widget.attrs.get("autocomplete") in ("current-password", "new-password"), name
        assert not field.max_length or field.max_length >= 64, name
        assert not field.strip, f"{name} takes blanks away"


def _every(kind: type) -> set[type]:
    found = set(kind.__subclasses__())
    return found | {deeper for one in found for deeper in _every(one)}


def test_nobody_writes_a_line_into_the_log(client, db, caplog):
    with caplog.at_level(logging.WARNING):
        client.get("/nowhere/%0aERROR%20somebody%20was%20here/")
    assert caplog.records
    assert all("\n" not in record.getMessage() for record in caplog.records)


@pytest.mark.django_db
def test_no_page_tells_another_host_where_it_was(client):
    for path in ("/sign-in/", "/nowhere/", "/healthz"):
        assert client.get(path)["Referrer-Policy"] in ("same-origin", "no-referrer")
