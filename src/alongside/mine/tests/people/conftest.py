"""Amara at her own page, and another browser with Luc in front of it."""

import pytest


@pytest.fixture
def amara_in(web, amara, own_page):
    """Amara, signed in, reading English today."""
    web.cookies["alongside-language"] = "en"
    return own_page(web, amara)


@pytest.fixture
def as_luc(own_page):
    """Another browser, with Luc in front of it: `as_luc(one)`."""
    from django.test import Client as Browser

    def _as_luc(one):
        browser = Browser()
        browser.cookies["alongside-language"] = "en"
        return own_page(browser, one)

    return _as_luc
