"""Bigger print, easier words, another language: one tap, on this device, back to the same page."""

import pytest
from django.urls import reverse

from alongside.access.middleware import LANGUAGE_COOKIE
from alongside.ui.comfort import BIG_PRINT, EASY_READ

pytestmark = pytest.mark.django_db
COMFORT, LANGUAGE = "ui:comfort", "ui:language"


def test_bigger_print_is_one_tap_and_remembered_on_this_device(web):
    answer = web.post(reverse(COMFORT), {"big_print": "1", "next": "/sign-in/?a=b"})
    assert (answer.status_code, answer["Location"]) == (303, "/sign-in/?a=b")
    cookie = web.cookies[BIG_PRINT]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("1", "Lax", True)
    assert int(cookie["max-age"]) > 300 * 24 * 3600
    assert EASY_READ not in web.cookies


def test_a_second_tap_takes_it_back_and_leaves_the_other_alone(web):
    web.post(reverse(COMFORT), {"big_print": "1"})
    web.post(reverse(COMFORT), {"easy_read": "1"})
    web.post(reverse(COMFORT), {"big_print": "0"})
    assert (web.cookies[BIG_PRINT].value, web.cookies[EASY_READ].value) == ("", "1")


def test_the_page_wears_what_was_chosen(web, settings):
    settings.DEBUG = True
    web.post(reverse(COMFORT), {"big_print": "1"})
    web.post(reverse(COMFORT), {"easy_read": "1"})
    page = web.get(reverse("ui:specimen")).content.decode()
    assert 'class="client big-print easy-read"' in page
    assert 'name="big_print" value="0" aria-pressed="true"' in page


def test_a_language_is_one_tap(web, settings):
    settings.DEBUG = True
    web.post(reverse(LANGUAGE), {"language": "fr"})
    assert web.cookies[LANGUAGE_COOKIE].value == "fr"
    page = web.get(reverse("ui:specimen")).content.decode()
    assert '<html lang="fr"' in page
    assert 'value="en" lang="en">English<' in page


def test_a_language_nobody_here_speaks_changes_nothing(web):
    web.post(reverse(LANGUAGE), {"language": "xx"})
    assert LANGUAGE_COOKIE not in web.cookies


@pytest.mark.parametrize("name", [COMFORT, LANGUAGE])
@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", ""]
)
def test_the_way_back_never_leads_to_another_site(web, name, there):
    assert web.post(reverse(name), {"next": there})["Location"] == "/"


@pytest.mark.parametrize("name", [COMFORT, LANGUAGE])
def test_looking_changes_nothing(web, name):
    assert web.get(reverse(name)).status_code in {403, 405}


def test_the_specimen_is_for_builders_only(web, settings):
    settings.DEBUG = settings.DEMO = False
    assert web.get(reverse("ui:specimen")).status_code == 404
