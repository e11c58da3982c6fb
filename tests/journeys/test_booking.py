"""The book, without a mouse; and a list that is imported whole or not at all."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from alongside.messaging.models import Message
from alongside.people.models import Client
from alongside.visits.models import Visit
from tests.journeys.morning import at, in_harbour
from tests.journeys.people import DESK_KEYS, Person

LIST = """date,time,therapist,kind,first_name,last_name,language
2026-12-01,09:00,Joon,Visit,Amara,Diallo,fr
2026-12-01,{time},Mika,Visit,Aino,Korhonen,en
2026-12-02,10:00,Priya,First visit,Tove,Berg,en
"""


@pytest.fixture(params=["en", "fr"])
def dee(request, the_morning, at_work) -> Person:
    """Dee at the desk, without a mouse."""
    return at_work("Dee", mode=DESK_KEYS, language=request.param)


def test_a_visit_is_booked_by_keys_alone(dee):
    dee.opens("/today/")
    dee.page.keyboard.press("b")
    dee.page.wait_for_url("**/bookings/new/")
    dee.looks_well()
    _fills_in(dee, "Luc", "Joon")
    free = dee.page.locator("#times input[name=at]")
    expect(free.first).to_be_visible()
    dee.reaches(free.first)
    dee.page.keyboard.press("Space")
    expect(free.first).to_be_checked()
    chosen = free.first.input_value()
    dee.looks_well()
    dee.presses(dee.page.locator("button[value=book]"))
    expect(dee.page.get_by_role("status").filter(has_text="Luc")).to_be_visible()
    dee.looks_well()
    with in_harbour():
        luc = Visit.objects.filter(client__first_name="Luc", booked_at=at(chosen))
        assert [visit.therapist.name for visit in luc] == ["Joon"]
        assert Message.objects.filter(about=luc.get().pk).exists()


def test_a_time_that_is_taken_is_refused_and_nothing_typed_is_lost(dee):
    dee.expects(422)
    dee.opens("/bookings/new/")
    _fills_in(dee, "Hana", "Joon")
    _writes_the_time(dee, "10:30")
    dee.presses(dee.page.locator("button[value=book]"))
    refused = dee.page.get_by_role("alert")
    expect(refused).to_contain_text(dee.words("Nothing was booked."))
    expect(refused).to_contain_text("Joon")
    expect(dee.page.locator("#id_who")).to_have_value("Hana")
    expect(dee.page.locator("#id_other")).to_have_value("10:30")
    dee.looks_well()
    with in_harbour():
        assert Visit.objects.filter(booked_at=at("10:30"), therapist__name="Joon").count() == 1


def test_six_tuesdays_at_four_are_one_booking(dee):
    dee.opens("/bookings/new/?day=2026-12-01")
    _fills_in(dee, "Luc", "Sam")
    _writes_the_time(dee, "16:00")
    dee.writes(dee.page.locator("#id_times"), "6")
    dee.presses(dee.page.locator("button[value=book]"))
    expect(dee.page.get_by_role("status").filter(has_text="6")).to_be_visible()
    with in_harbour() as clinic:
        days = Visit.objects.filter(
            client__first_name="Luc", therapist__name="Sam", booked_at__hour=15
        ).values_list("day", flat=True)
        assert list(days) == [date(2026, 12, 1) + timedelta(weeks=week) for week in range(6)]
        assert clinic.zone_name == "Europe/Paris"


def test_a_list_with_a_mistake_names_its_line_and_column_and_imports_nothing(dee):
    dee.expects(422)
    before = _booked()
    dee.opens("/bookings/import/")
    dee.looks_well()
    _chooses(dee, LIST.format(time="half past nine"))
    fault = dee.page.locator("tbody tr")
    expect(fault).to_have_count(1)
    expect(fault.get_by_role("rowheader")).to_have_text("3")
    expect(fault).to_contain_text("time")
    expect(fault).to_contain_text("half past nine")
    dee.looks_well()
    assert _booked() == before

    _chooses(dee, LIST.format(time="09:30"))
    expect(dee.page.locator("dl.facts")).to_contain_text("3")
    dee.looks_well()
    assert _booked() == before
    dee.presses(dee.page.locator("button[value=import]"))
    dee.page.wait_for_url("**/bookings/")
    assert _booked() == before + 3
    with in_harbour():
        assert Client.objects.filter(first_name="Amara").count() == 1
        assert Client.objects.filter(first_name="Tove").count() == 1


def _fills_in(dee: Person, client: str, therapist: str) -> None:
    dee.writes(dee.page.locator("#id_who"), client)
    expect(dee.page.locator("#clients input[name=client]")).to_be_checked()
    for field, choice in (("#id_kind", None), ("#id_therapist", therapist)):
        box = dee.page.locator(field)
        dee.reaches(box)
        dee.page.keyboard.type(choice) if choice else dee.page.keyboard.press("ArrowDown")
    chosen = dee.page.locator("#id_therapist option:checked")
    expect(chosen).to_contain_text(therapist)
    expect(dee.page.locator("#times input[name=at]").first).to_be_visible()


def _writes_the_time(dee: Person, at: str) -> None:
    """Hours and minutes are two stops of the same field."""
    box = dee.page.locator("#id_other")
    dee.reaches(box)
    dee.page.keyboard.type(at.replace(":", "") + ("AM" if at < "12" else "PM"))
    if box.input_value() != at:
        # A clock of twelve hours: 16:00 is written 04:00 PM.
        box.fill(at)


def _chooses(dee: Person, text: str) -> None:
    """The file window is the browser's own; what comes after it is ours."""
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": text.encode()}
    dee.page.locator("#file").set_input_files(file)
    dee.presses(dee.page.locator("button[value=look]"))
    dee.page.locator("tbody tr, dl.facts").first.wait_for()


def _booked() -> int:
    with in_harbour():
        return int(Visit.objects.count())
