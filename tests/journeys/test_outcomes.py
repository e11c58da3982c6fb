"""Noor looks at what came of it for everybody: at a desk, on a phone, in both languages."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import expect

from alongside.audit.models import Entry
from tests.journeys.morning import in_harbour
from tests.journeys.people import DESK_KEYS, DESK_LARGE, NARROW, WIDE


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("mode", [WIDE, NARROW, DESK_LARGE], ids=lambda mode: mode.name)
def test_the_pages_fit_and_read_well(the_morning, at_work, mode, language):
    noor = at_work("Noor", mode=mode, language=language)
    for path in ("/outcomes/", "/outcomes/team/", "/outcomes/?of=what-matters"):
        noor.opens(path)
        closed = noor.page.locator("main details:not([open]) > summary")
        while closed.count():
            closed.first.click()
        noor.looks_well()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_the_menu_to_a_file(the_morning, at_work, language):
    noor = at_work("Noor", mode=DESK_KEYS, language=language)
    noor.opens("/today/")
    noor.presses(noor.page.locator("nav.side a[href='/outcomes/']"))
    noor.reads(noor.words("By kind of goal"), noor.words("By service"), "Hands that hold")
    # Each picture is named by its sentence and has a table behind it.
    for picture in noor.page.locator("figure.chart").all():
        sentence = picture.locator("figcaption").inner_text()
        expect(picture.locator("> svg")).to_have_attribute("aria-label", sentence)
        expect(picture.locator("table")).to_have_count(1)
    # Three people took "Back to work": no number stands in its row.
    row = noor.page.locator("#services ~ .table tr", has_text="Back to work")
    assert not any(sign.isdigit() for sign in row.inner_text().replace("5", ""))
    noor.page.locator("#of").select_option("what-matters")
    noor.presses(noor.button("Show"))
    expect(noor.page.locator("#of")).to_have_value("what-matters")
    noor.presses(noor.page.get_by_role("link", name=noor.words("Among therapists")))
    noor.reads(noor.words("This is no ranking"))
    noor.opens("/outcomes/")
    with noor.page.expect_download() as kept:
        noor.presses(noor.page.get_by_role("link", name=noor.words("Keep as CSV")))
    text = Path(kept.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert {row["by"] for row in rows} == {"all", "kind", "service"}
    with in_harbour():
        assert Entry.objects.filter(verb="outcomes.keep_file").count() == 1


def test_joon_finds_no_door_and_is_told_why_not(the_morning, at_work):
    joon = at_work("Joon", mode=WIDE)
    joon.opens("/today/")
    expect(joon.page.locator("nav.side a[href='/outcomes/']")).to_have_count(0)
    joon.expects(403)
    joon.opens("/outcomes/")
    joon.looks_well()
