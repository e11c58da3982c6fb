"""The lead's pages: who sees them, what is never shown, and that nobody is ranked."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from alongside.clinics.current import working_in
from alongside.outcomes.tests.conftest import somebody, took, went
from alongside.outcomes.tests.test_measures import HARD, LIGHT, filled

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
PAGES = (
    "/outcomes/",
    "/outcomes/team/",
    "/outcomes/outcomes.csv",
    "/outcomes/outcomes.parquet",
)


def read(browser, path="/outcomes/") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def row(page: str, name: str) -> str:
    """What a table's row of this name says, without its tags."""
    found = re.search(rf'<th scope="row">{name}</th>(.*?)</tr>', page, re.DOTALL)
    assert found, name
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_noor_sees_what_came_of_it(lead, groups):
    page = read(lead)
    assert "Of 21 people, 13 got noticeably better and 0 noticeably worse." in page
    assert row(page, "Cooking").startswith("6 3.0 to 6.5 +3.5 (+2.9 to +4.1) 100 % (61 to 100 %)")
    assert row(page, "Cooking").endswith(" better")
    assert "Last values from 1 November 2025 to 31 October 2026" in page


def test_four_people_are_never_shown_and_the_one_gap_beside_them_neither(lead, groups, harbour):
    page = read(lead)
    assert row(page, "Quiet hour").startswith("not shown: fewer than 5 people")
    # One gap alone could be worked out from the whole: the smallest other row is hidden, too.
    assert row(page, "Garden").startswith("5 ") is False
    # The negative control: with a fifth person all rows are there.
    fifth = somebody(harbour, 99)
    went(fifth, 3, 5)
    took(fifth, groups["Quiet hour"])
    page = read(lead)
    assert row(page, "Quiet hour").startswith("5 ")
    assert row(page, "Garden").startswith("5 ")


def test_below_five_people_in_all_there_is_no_figure(lead, harbour):
    for number in range(4):
        went(somebody(harbour, number), 2, 6)
    page = read(lead)
    assert "Fewer than 5 people have a first and a last value" in page
    assert "Keep as CSV" not in page
    went(somebody(harbour, 5), 2, 6)
    page = read(lead)
    assert "Of 5 people, 5 got noticeably better" in page
    assert "Keep as CSV" in page


def test_of_how_many_too_little_is_known_is_told_from_five_on(lead, groups, harbour, now):
    late = {"began": now - timedelta(days=41), "ended": now - timedelta(days=40)}
    for number in range(4):
        went(somebody(harbour, number, "Once"), 2, 6, **late)
    assert "Too little is known of: fewer than 5 people" in read(lead)
    went(somebody(harbour, 5, "Once"), 2, 6, **late)
    assert "Too little is known of: 5 people" in read(lead)


def test_noise_is_not_sorted(lead, harbour, groups):
    for number in range(8):
        client = somebody(harbour, number, "More")
        went(client, 3, 5 + number % 2)
        took(client, groups["Quiet hour"])
        went(somebody(harbour, number, "Hope"), 3, 5 + number % 2, reach="life")
    page = read(lead)
    services = page[page.index('id="services"') :]
    # They differ by more than chance (six rose by 3 or 4, five by 0 or 1): the most stands first.
    assert "They differ by more than chance" in services
    assert services.index("Cooking") < services.index("Quiet hour") < services.index("Garden")
    # By kind of goal they do not, and stand from the smallest to the largest.
    kinds = page[page.index('id="kinds"') : page.index('id="services"')]
    assert "no larger than chance makes: nobody is ahead of anybody. So they are not" in kinds
    assert kinds.index("One thing of the day") < kinds.index("A hope for their life")


def test_therapists_stand_in_the_order_of_the_alphabet_whatever_the_figures(lead, joon, sees):
    whom = {"Anna": 1, "Zoltan": 5, "Mika": 3}
    for name, rise in whom.items():
        therapist = sees.colleague(name)
        for number in range(10):
            client = somebody(joon.clinic, number, name)
            went(client, 3, 3 + rise + number % 2)
            sees(client, therapist, 1)
    page = read(lead, "/outcomes/team/")
    assert "This is no ranking" in page
    assert "They differ by more than chance" in page
    assert "It is a reason to ask and no rank: the order is that of the alphabet." in page
    places = [page.index(f'<th scope="row">{name}</th>') for name in ("Anna", "Mika", "Zoltan")]
    assert places == sorted(places)
    assert row(page, "Joon").startswith("not shown: fewer than 10 people")


def test_nine_people_of_a_therapist_are_never_shown(lead, joon, sees):
    for number in range(9):
        client = somebody(joon.clinic, number)
        went(client, 3, 5 + number % 2)
        sees(client, joon, 1)
    assert "Too few people yet" in read(lead, "/outcomes/team/")
    assert row_of_joon(lead) is None
    tenth = somebody(joon.clinic, 10)
    went(tenth, 3, 5)
    sees(tenth, joon, 1)
    assert row_of_joon(lead).startswith("10 3.0 to 5.4")


def row_of_joon(browser) -> str | None:
    page = read(browser, "/outcomes/team/")
    return row(page, "Joon") if '<th scope="row">Joon</th>' in page else None


def test_a_measure_is_looked_at_by_service(lead, harbour, groups, now):
    for number in range(5):
        client = somebody(harbour, number, "Sad")
        filled(client, "phq-9", HARD, now - timedelta(days=90))
        filled(client, "phq-9", LIGHT, now - timedelta(days=40))
    page = read(lead, "/outcomes/?of=phq-9")
    assert "Of 5 people, 5 got noticeably better" in page
    assert 'id="kinds"' not in page
    assert '<option value="phq-9" selected>' in page


@pytest.mark.parametrize("of", ["nothing", "promis", "../etc"])
def test_what_there_is_not_is_not_found(lead, of):
    for path in PAGES:
        assert lead.get(path, {"of": of}).status_code == 404


def test_any_other_time_is_the_last_year(lead, groups):
    for months in ("7", "", "x", "-12"):
        assert '<option value="12" selected>' in read(lead, f"/outcomes/?months={months}")
    assert '<option value="36" selected>' in read(lead, "/outcomes/?months=36")


@pytest.mark.parametrize("path", PAGES)
def test_therapists_the_desk_and_strangers_do_not_see_it(path, sign_in, joon, dee, charlie):
    for somebody_else in (joon, dee, charlie):
        assert sign_in(Browser(), somebody_else).get(path).status_code == 403
    assert Browser().get(path).status_code in (302, 403)


def test_the_other_clinics_lead_sees_nothing_of_it(sign_in, other_lead, hillside, groups):
    theirs = sign_in(Browser(), other_lead)
    theirs.cookies["alongside-language"] = "en"
    page = read(theirs)
    assert "Fewer than 5 people" in page
    assert "Cooking" not in page
    # The negative control: of their own five people they see the figures, and only those.
    for number in range(5):
        went(somebody(hillside, number), 2, 6)
    assert "Of 5 people, 5 got noticeably better" in read(theirs)


def test_the_pages_are_in_french(lead, groups):
    lead.cookies["alongside-language"] = "fr"
    for path in ("/outcomes/", "/outcomes/team/"):
        page = read(lead, path)
        assert "people" not in re.sub(r"<[^>]+>", " ", page)
        assert "personnes" in page


def questions(browser, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read(browser, path)
    return len(asked)


@pytest.mark.parametrize("path", ["/outcomes/", "/outcomes/team/", "/outcomes/?of=phq-9"])
def test_what_a_page_asks_does_not_grow_with_people(path, lead, harbour, groups, joon, sees, now):
    for number in range(5):
        client = somebody(harbour, number, "Sad")
        filled(client, "phq-9", HARD, now - timedelta(days=90))
        filled(client, "phq-9", LIGHT, now - timedelta(days=40))
    read(lead, path)
    before = questions(lead, path)
    for number in range(12):
        client = somebody(harbour, number, "More")
        went(client, 3, 6)
        took(client, groups["Cooking"])
        sees(client, joon, 1)
        filled(client, "phq-9", HARD, now - timedelta(days=90))
        filled(client, "phq-9", LIGHT, now - timedelta(days=40))
    assert questions(lead, path) == before
    assert before <= 12


def test_erased_people_are_not_counted(lead, harbour, groups, noor, acting, now):
    from alongside.goals.models import Goal

    assert "Of 21 people" in read(lead)
    with working_in(harbour):
        Goal.objects.filter(client__first_name="Person 1").delete()
    assert "Of 20 people" in read(lead)
