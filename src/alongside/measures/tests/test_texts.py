"""A clinic loads an instrument's text itself: with a licence on record, and for itself alone."""

import inspect
import json
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.invented import filled, in_french_too, raw

from alongside.audit.models import Entry
from alongside.clinics.current import working_in
from alongside.measures import messages
from alongside.measures.actions.answer import answer, finish
from alongside.measures.actions.ask import NotOursToAsk, ask
from alongside.measures.actions.texts import (
    LicenceIsOver,
    MayNotBeLoaded,
    SayWhichLicence,
    VersionIsThere,
    end_text,
    load_text,
)
from alongside.measures.models import Filling, OwnText
from alongside.rules.measures import ALL, loading

pytestmark = pytest.mark.usefixtures("at_ten_past_ten")
LICENCE = "Written permission of 3 March 2026, for our own clients."
THERE = "/measures/care/text/"


def load(by, now, *, name: str = "care", version: str = "1", **more) -> OwnText:
    """Load an invented text in the clinic at hand."""
    page = {**filled(name), "version": version}
    given = {"licence": LICENCE, "confirmed": True, "valid_until": None, **more}
    return load_text(ALL[name], raw(page), by=by, now=now, today=now.date(), **given)


@pytest.fixture
def loaded(noor, acting, harbour, now) -> OwnText:
    """Noor has loaded one."""
    with working_in(harbour):
        return load(acting.staff(noor), now)


def sent(page: object, **more) -> dict:
    """What the form sends."""
    file = SimpleUploadedFile("care.json", json.dumps(page).encode(), "application/json")
    return {"file": file, "licence": LICENCE, "confirmed": "on", **more}


def test_noor_loads_it_and_what_she_confirmed_is_on_record(web, sign_in, noor, harbour, now):
    sign_in(web, noor)
    assert web.get(THERE).status_code == 200
    assert web.post(THERE, sent(filled("care"))).status_code == 302
    page = web.get(THERE).content.decode()
    assert "Invented question 7" in page
    assert LICENCE in page
    with working_in(harbour):
        text = OwnText.objects.get()
        assert (text.confirmed_by, text.confirmed_at, text.licence) == ("Noor", now, LICENCE)
        assert len(text.sha256) == 64
        entry = Entry.objects.get(verb="measures.load_text")
        assert entry.detail["sha256"] == text.sha256


def test_without_a_licence_nothing_is_loaded(web, sign_in, noor, acting, harbour, now):
    sign_in(web, noor)
    for missing in ("licence", "confirmed", "file"):
        form = sent(filled("care"))
        del form[missing]
        assert web.post(THERE, form).status_code == 422
    with working_in(harbour):
        for less in ({"confirmed": False}, {"licence": " "}):
            with pytest.raises(SayWhichLicence):
                load(acting.staff(noor), now, **less)
        with pytest.raises(LicenceIsOver):
            load(acting.staff(noor), now, valid_until=now.date() - timedelta(days=1))
        assert not OwnText.objects.exists()


def test_what_is_wrong_in_the_file_is_said_in_words_with_its_item(web, sign_in, noor, harbour):
    sign_in(web, noor)
    page = filled("care")
    page["item"][2]["text"] = ""
    page["item"][4]["answerOption"][0]["valueCoding"]["code"] = "9"
    del page["item"][6]
    answer = web.post(THERE, sent(page))
    assert answer.status_code == 422
    said = answer.content.decode()
    for words in (
        "3 things in the file are to be put right. Nothing was loaded.",
        "Item 3: the question’s text is missing.",
        "Item 5, answer “9”: the score takes 1, 2, 3, 4, 5.",
        "Item 7 is missing.",
    ):
        assert words in said
    web.cookies["alongside-language"] = "fr"
    assert "La question 7 manque." in web.post(THERE, sent(page)).content.decode()
    with working_in(harbour):
        assert not OwnText.objects.exists()


def test_every_fault_has_its_words():
    """A code without a sentence would break the page that has to explain it."""
    codes = set(re.findall(r'code="(\w+)"', inspect.getsource(loading)))
    codes |= {"no_title", "no_version", "long_title", "long_version", "no_text"}
    codes |= {"option_without_words"}
    assert len(codes) > 20
    for code in codes:
        assert messages.fault(loading.Fault(code=code, item="7", more="a|b"))


def test_a_file_that_is_too_large_is_refused(web, sign_in, noor):
    sign_in(web, noor)
    page = filled("care")
    page["description"] = "x" * (1024 * 1024 + 1)
    assert "at most 1 MB" in web.post(THERE, sent(page)).content.decode()


def test_a_manager_alone_loads_and_ends_it(web, sign_in, joon, dee, loaded):
    for who in (joon, dee):
        sign_in(web, who)
        assert web.get(THERE).status_code == 403
        assert web.post(THERE, sent(filled("care"))).status_code == 403
        assert web.post("/measures/care/end/").status_code == 403
        assert web.get("/measures/care/empty.json").status_code == 403


def test_another_clinic_sees_and_asks_none_of_it(web, sign_in, loaded, hillside, charlie):
    page = sign_in(web, charlie).get("/measures/").content.decode()
    assert "Invented" not in page
    assert "Noor" not in page
    with working_in(hillside):
        assert not OwnText.objects.exists()


def test_what_is_shipped_or_forbidden_is_not_loaded(noor, acting, here, now):
    for name in ("phq-9", "moca", "copm"):
        with pytest.raises(MayNotBeLoaded):
            load_text(
                ALL[name],
                b"{}",
                licence=LICENCE,
                confirmed=True,
                valid_until=None,
                by=acting.staff(noor),
                now=now,
                today=now.date(),
            )


@pytest.mark.parametrize("name", ["phq-9", "moca", "nothing-like-it"])
def test_there_is_no_page_for_what_cannot_be_loaded(web, sign_in, noor, name):
    assert sign_in(web, noor).get(f"/measures/{name}/text/").status_code == 404


def test_the_empty_file_can_be_had(web, sign_in, noor):
    answer = sign_in(web, noor).get("/measures/whodas-12/empty.json")
    assert answer["Content-Disposition"] == 'attachment; filename="whodas-12-empty.json"'
    page = json.loads(answer.content)
    assert len(page["item"]) == 12
    assert {item["text"] for item in page["item"]} == {""}


def test_it_is_asked_filled_in_and_scored_by_the_rule_that_was_there(
    web, own_page, amara, joon, loaded, acting, harbour, now
):
    with working_in(harbour):
        one = ask(amara, "care", mode="self", by=acting.staff(joon), now=now)
        assert (one.version, one.language) == ("1", "en")
    own_page(web, amara)
    there = f"/mine/questionnaires/{one.pk}/"
    assert "An invented form" in web.get("/mine/").content.decode()
    for number, value in enumerate("5545454550", start=1):
        assert f"Invented question {number}" in web.get(f"{there}?n={number}").content.decode()
        does = {"do": "skip"} if value == "0" else {"answer": value, "do": "next"}
        web.post(f"{there}?n={number}", does)
    web.post(f"{there}end/")
    with working_in(harbour):
        done = Filling.objects.get(pk=one.pk)
        assert (done.shown, done.answered) == (46.67, 9)


def test_without_a_text_it_stays_score_only(amara, joon, acting, here, now):
    """The negative control."""
    with pytest.raises(NotOursToAsk):
        ask(amara, "care", mode="self", by=acting.staff(joon), now=now)


def test_in_french_where_the_file_has_it_else_in_its_own_language(
    amara, joon, noor, acting, here, now
):
    load(acting.staff(noor), now)
    amara.language = "fr"
    assert ask(amara, "care", mode="self", by=acting.staff(joon), now=now).language == "en"
    load_text(
        ALL["quickdash"],
        raw(in_french_too(filled("quickdash"))),
        licence=LICENCE,
        confirmed=True,
        valid_until=None,
        by=acting.staff(noor),
        now=now,
        today=now.date(),
    )
    assert ask(amara, "quickdash", mode="self", by=acting.staff(joon), now=now).language == "fr"


def test_a_new_version_is_asked_and_the_old_one_goes_on_where_it_was_begun(
    web, own_page, amara, joon, noor, loaded, acting, harbour, now
):
    with working_in(harbour):
        old = ask(amara, "care", mode="self", by=acting.staff(joon), now=now)
        answer(old, {"1": "3"}, by=acting.client(amara), now=now)
        with pytest.raises(VersionIsThere):
            load(acting.staff(noor), now)
        load(acting.staff(noor), now + timedelta(minutes=1), version="2")
    page = own_page(web, amara).get(f"/mine/questionnaires/{old.pk}/").content.decode()
    assert "Invented question 2" in page


def test_ended_it_is_shown_to_nobody_and_what_was_answered_can_be_read(
    web, own_page, sign_in, amara, joon, noor, loaded, acting, harbour, now
):
    with working_in(harbour):
        done = ask(amara, "care", mode="staff", by=acting.staff(joon), now=now)
        answer(done, {str(n): "4" for n in range(1, 11)}, by=acting.staff(joon), now=now)
        finish(done, by=acting.staff(joon), now=now)
        asked = ask(amara, "care", mode="self", by=acting.staff(joon), now=now)
        end_text(loaded, by=acting.staff(noor), now=now)
        assert Filling.objects.get(pk=asked.pk).withdrawn_at == now
        assert OwnText.objects.get().ended_by == "Noor"
        with pytest.raises(NotOursToAsk):
            ask(amara, "care", mode="self", by=acting.staff(joon), now=now)
    own_page(web, amara)
    assert web.get(f"/mine/questionnaires/{asked.pk}/").status_code == 404
    assert "An invented form" not in web.get("/mine/").content.decode()
    page = sign_in(web, joon).get(f"/people/{amara.pk}/measures/{done.pk}/").content.decode()
    assert "Invented question 10" in page


def test_after_its_last_day_it_is_shown_no_more(
    web, own_page, amara, joon, noor, acting, harbour, now
):
    today: date = now.date()
    with working_in(harbour):
        text = load(acting.staff(noor), now, valid_until=today)
        asked = ask(amara, "care", mode="self", by=acting.staff(joon), now=now)
    there = f"/mine/questionnaires/{asked.pk}/"
    assert own_page(web, amara).get(there).status_code == 200
    with working_in(harbour):
        OwnText.objects.filter(pk=text.pk).update(valid_until=today - timedelta(days=1))
    assert web.get(there).status_code == 404
    with working_in(harbour), pytest.raises(NotOursToAsk):
        ask(amara, "care", mode="staff", by=acting.staff(joon), now=now)
