"""The nights on which the clocks go back: board, phone and ledger count the minutes that passed."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from alongside.clinics import clock
from alongside.clinics.models import Clinic, VisitKind
from alongside.people.actors import of_client
from alongside.people.models import Client
from alongside.visits.actions import move_on
from alongside.visits.actions.book import book_visit
from alongside.visits.actions.check_in import check_in
from alongside.visits.models import Channel, Visit
from tests.journeys.morning import desk, in_harbour, own_page, worker
from tests.journeys.people import PHONE, WIDE, until

MINUTE = timedelta(minutes=1)
# Zone, the night, the moment at which it is an hour earlier again.
NIGHTS = [
    pytest.param("Europe/Paris", datetime(2026, 10, 25, 1, tzinfo=UTC), id="paris"),
    pytest.param("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC), id="new-york"),
]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("zone", "change"), NIGHTS)
def test_a_wait_across_the_change_is_as_long_as_it_was(
    the_morning, somebody, at_work, zone, change, language
):
    """Here 20 minutes before the change, in 10 minutes after it: half an hour, never minus 30."""
    visit = _comes_by_night(zone, arrives=change - 20 * MINUTE, booked=change - 10 * MINUTE)
    local = ZoneInfo(zone)
    clock.shift(change + 5 * MINUTE)
    # Signed in now: a session lasts by the clinic's clock too.
    dee = at_work("Dee", mode=WIDE, language=language)
    dee.opens("/today/")
    row = dee.page.locator(f"#visit-{visit.pk}")
    expect(row).to_contain_text(_wall(change - 20 * MINUTE, local))
    expect(row).to_contain_text(re.compile(r"\b25\s"))
    _counts_no_minus(dee.page)
    dee.looks_well()

    amara = somebody(mode=PHONE, language="fr")
    amara.opens(own_page("Amara", visit=visit, now=change))
    expect(amara.page.locator(".steps")).to_contain_text(_wall(change - 20 * MINUTE, local))
    # Told before the change, renewed after it: an errand of this minute.
    until(lambda: _last_told(visit).by > change, why="what was told was not renewed")
    told = _last_told(visit)
    amara.reads(_wall(told.by, local))
    _counts_no_minus(amara.page)

    with in_harbour():
        now = change + 10 * MINUTE
        move_on.start(Visit.objects.get(pk=visit.pk), by=desk(), now=now)
        move_on.finish(Visit.objects.get(pk=visit.pk), by=desk(), now=now + 40 * MINUTE)
    clock.shift(change + 60 * MINUTE)
    dee.opens("/the-wait/?days=1")
    _the_ledger_says(dee, visit, wait=30)
    dee.looks_well()


def test_by_the_clock_on_the_wall_it_would_have_been_minus_thirty():
    """The negative control: why lengths are counted in UTC."""
    paris = ZoneInfo("Europe/Paris")
    arrived = datetime(2026, 10, 25, 0, 40, tzinfo=UTC).astimezone(paris)
    started = datetime(2026, 10, 25, 1, 10, tzinfo=UTC).astimezone(paris)
    assert started.replace(tzinfo=None) - arrived.replace(tzinfo=None) == -30 * MINUTE
    assert started.astimezone(UTC) - arrived.astimezone(UTC) == 30 * MINUTE


def _comes_by_night(zone: str, *, arrives: datetime, booked: datetime) -> Visit:
    """Amara's visit in the small hours of a Sunday: a clinic that never closes."""
    Clinic.objects.filter(name="Harbour Street OT").update(zone_name=zone)
    with in_harbour():
        amara = Client.objects.get(first_name="Amara")
        kind = VisitKind.objects.get(is_first=False)
        visit = book_visit(
            amara,
            worker("Joon"),
            kind,
            booked,
            even_closed=True,
            confirm=False,
            by=desk(),
            now=booked - timedelta(days=3),
        )
        check_in(visit, by=of_client(amara), channel=Channel.PHONE, now=arrives)
        assert visit.day == date(2026, booked.month, booked.day)
        return Visit.objects.select_related("client").get(pk=visit.pk)


def _last_told(visit: Visit):
    with in_harbour():
        return visit.told.latest("told_at")


def _wall(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.hour}:{local.minute:02d}"


def _counts_no_minus(page) -> None:
    assert not re.search(r"[−-]\d+\s?(min|h)\b", page.locator("main").inner_text())


def _the_ledger_says(dee, visit: Visit, *, wait: int) -> None:
    text = dee.page.locator("main").inner_text()
    assert "Amara" in text
    assert re.search(rf"\b{wait}\b", dee.page.locator("tr", has_text="Amara").last.inner_text())
    _counts_no_minus(dee.page)
