"""Templates with their constant parts written in draw the same pages, in each language."""

import re

import pytest
from conftest import NOW
from django.template import Context, Engine, engines
from django.template.base import TextNode
from django.template.loader import get_template
from django.templatetags.i18n import TranslateNode
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from alongside.access.actions.links import give_link
from alongside.clinics.current import working_in
from alongside.ui import kept, spoken

# What differs from one answer to the next, by intention.
ONCE = re.compile(r'(name="csrfmiddlewaretoken" value|nonce|name="key" value)="[^"]*"')
TRANSLATED = '{% load i18n %}{% if a %}{% translate "Waiting now" %}{% endif %} {{ a }}'


def template(source: str):
    """A template of a test, as our loader gives it."""
    told = ("django.template.loaders.locmem.Loader", {"a.html": source})
    ours = [("alongside.ui.spoken.Loader", [told])]
    return Engine(loaders=ours, libraries={"i18n": "django.templatetags.i18n"}).get_template


@pytest.fixture
def forgotten():
    """No template is known yet, and none that a test made stays."""

    def forget() -> None:
        kept._drawn.cache_clear()
        for loader in engines["django"].engine.template_loaders:
            loader.reset()

    forget()
    yield forget
    forget()


def test_each_language_has_its_own_template_whichever_was_asked_for_first():
    get = template(TRANSLATED)
    for code in ("fr", "en", "fr"):
        with translation.override(code):
            said = get("a.html").render(Context({"a": 1}))
            assert said == f"{translation.gettext('Waiting now')} 1"
            assert (said == "Waiting now 1") is (code == "en")


def test_what_is_constant_is_text_and_what_is_not_stays():
    source = TRANSLATED + "{% blocktranslate %}Hello {{ a }}{% endblocktranslate %}"
    nodes = template(source)("a.html").nodelist
    assert not nodes.get_nodes_by_type(TranslateNode)
    assert [type(node).__name__ for node in nodes] == [
        "IfNode", "TextNode", "VariableNode", "BlockTranslateNode",
    ]  # fmt: skip
    assert [type(node) for node in nodes[0].nodelist] == [TextNode]


def test_another_language_inside_a_page_is_left_to_itself():
    source = (
        '{% load i18n %}{% for code in codes %}{% language code %}{% translate "Today" %}'
        "{% endlanguage %} {% endfor %}"
    )
    page = template(source)("a.html")
    first, second = page.render(Context({"codes": ["en", "fr"]})).split()
    assert first == "Today"
    assert second != "Today"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
@override_settings(DEBUG=False)
def test_every_page_is_the_same_as_without(
    web, sign_in, noor, amaras_visit, at_ten_past_ten, forgotten, monkeypatch, language
):
    with working_in(amaras_visit.clinic_id):
        until, mine = NOW.replace(day=28), amaras_visit
        link = give_link(mine.client, purpose="visit", subject=mine.pk, now=NOW, until=until)
    sign_in(web, noor)
    web.cookies["alongside-language"] = language
    pages = ["visits:board", "visits:bookings", "visits:ledger", "visits:how", "office:settings"]
    addresses = [*map(reverse, pages), reverse("visits:visit", args=[link])]
    addresses += [reverse("visits:booking", args=[amaras_visit.pk])]

    def drawn() -> list[str]:
        forgotten()
        return [ONCE.sub("", web.get(address).content.decode()) for address in addresses]

    drawn()  # The first look at a page may write something, like who saw it.
    ours = drawn()
    monkeypatch.setattr(spoken, "write_in", lambda _nodes, _template: None)
    assert drawn() == ours
    assert all("</html>" in page for page in ours)


@pytest.mark.django_db
def test_words_written_into_the_wrong_language_are_found(
    web, sign_in, dee, forgotten, monkeypatch, at_ten_past_ten
):
    """The negative control: one template for all languages would show the first one's words."""
    sign_in(web, dee)
    monkeypatch.setattr(spoken, "get_language", lambda: "en")
    web.cookies["alongside-language"] = "fr"
    french = web.get(reverse("visits:board")).content.decode()
    web.cookies["alongside-language"] = "en"
    assert get_template("visits/staff/board.html")
    english = web.get(reverse("visits:board")).content.decode()
    assert "Waiting now" not in french
    assert "Waiting now" not in english
