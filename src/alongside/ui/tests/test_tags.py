"""Our template words: the clock on the wall, minutes, a field tied together, the look inside."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation

from alongside.ui import look
from alongside.ui.templatetags.ui import clock, icon, minutes, own_name, short_minutes

PARIS = ZoneInfo("Europe/Paris")


class _Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As you like it.")
    way = forms.ChoiceField(label="Way", choices=[("a", "A")], widget=forms.RadioSelect)
    quiet = forms.BooleanField(label="Quiet", required=False)


def _draw(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime(2026, 11, 24, 8, 5, tzinfo=UTC), "9:05"),
        (datetime(2026, 7, 1, 8, 5, tzinfo=UTC), "10:05"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2:30"),
        (None, ""),
    ],
)
def test_the_clock_is_the_one_on_the_clinics_wall(at, shown):
    assert clock(at, PARIS) == shown


def test_minutes_are_said_in_words_and_half_a_minute_counts_up():
    assert minutes(timedelta(minutes=1)) == "1 minute"
    assert minutes(timedelta(minutes=7, seconds=30)) == "8 minutes"
    assert short_minutes(timedelta(minutes=8)) == "8 min"
    assert minutes(None) == short_minutes(None) == ""


def test_a_language_is_named_in_itself():
    assert (own_name("fr"), own_name("en")) == ("Français", "English")


def test_an_icon_is_decoration_until_it_has_a_label():
    assert 'aria-hidden="true"' in icon("check")
    assert 'role="img" aria-label="Done"' in icon("check", "Done")
    assert "<script>" not in icon("check", "<script>")


def test_every_icon_that_a_template_names_is_drawn():
    sprite = (look.SHEET.parent / "icons.svg").read_text()
    for name in ("done", "now", "later", "warn", "info", "undo", "bigger", "easy", "keys", "out"):
        assert f'id="{name}"' in sprite


def test_a_field_ties_hint_and_error_to_its_input_and_keeps_what_was_typed():
    drawn = _draw("{% field form.name %}", form=_Form({"name": ""}))
    assert 'aria-describedby="id_name_hint id_name_wrong"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_name_hint"' in drawn
    assert 'id="id_name_wrong"' in drawn
    assert 'value="Aino"' in _draw("{% field form.name %}", form=_Form({"name": "Aino"}))


def test_a_group_of_choices_is_a_fieldset_and_a_tick_has_its_label_beside_it():
    assert "<legend>Way" in _draw("{% field form.way %}", form=_Form())
    assert 'class="field check"' in _draw("{% field form.quiet %}", form=_Form())


def test_all_that_is_wrong_is_listed_with_a_link_to_each():
    drawn = _draw('{% include "ui/parts/errors.html" %}', form=_Form({}))
    assert 'href="#id_name"' in drawn
    assert "2 things to put right" in drawn
    assert _draw('{% include "ui/parts/errors.html" %}', form=_Form()).strip() == ""


@pytest.mark.parametrize("code", ["400", "403", "404", "500", "503"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_error_page_needs_neither_request_nor_database(code, language):
    with translation.override(language):
        page = render_to_string(f"{code}.html")
    assert page.count("<dt>") == 3
    assert "<h1></h1>" not in page
    assert "csrf" not in page


def test_the_look_goes_into_the_page_when_the_policy_allows_it():
    inside = _draw("{% look %}", CSP_NONCE="abc")
    assert inside.startswith('<style nonce="abc">@layer')
    assert "/static/ui/fonts/atkinson-latin.woff2" in inside
    assert "/*" not in inside
    assert _draw("{% look %}").startswith('<link rel="stylesheet"')


def test_squeezing_changes_no_rule():
    assert (
        look.squeeze("a { b: c;\n  d: calc(1px + 2px); } /* x */") == "a{b: c;d: calc(1px + 2px);}"
    )


def test_no_note_to_developers_ends_up_on_a_page():
    for path in (look.SHEET.parents[2] / "templates").rglob("*.html"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert line.count("{#") == line.count("#}"), path.name


def test_no_style_and_no_handler_is_written_into_a_tag():
    for path in (look.SHEET.parents[2] / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert " style=" not in text, path.name
        assert " onclick=" not in text, path.name
