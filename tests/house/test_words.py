"""No page says a word that cannot be said in another language."""

import re
from collections.abc import Iterator

import pytest
from django.template.base import Lexer, TokenType

from tests.house.tree import place, templates

NAMES = {"Alongside"}
# What these blocks hold is for the browser: classes and attributes.
FOR_THE_BROWSER = re.compile(r"block (shell|width|body_attributes)\b")
UNSPOKEN = re.compile(r"<(script|style|kbd)\b.*?</\1>|<!--.*?-->|&\w+;", re.DOTALL)
ATTRIBUTES = re.compile(r'\s(?:aria-label|placeholder|title|alt)="([^"]*)"')
WORD = re.compile(r"[^\W\d_]{2,}")


def bare_words(source: str) -> list[str]:
    """Give the words of a template that stand outside every translation."""
    page = UNSPOKEN.sub(" ", "".join(outside(source)))
    said = [*ATTRIBUTES.findall(page), re.sub(r"<[^>]*>", " ", page)]
    return [word for text in said for word in WORD.findall(text) if word not in NAMES]


def outside(source: str) -> Iterator[str]:
    skips = False
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            starts = FOR_THE_BROWSER.match(token.contents) or "blocktranslate" in token.contents
            skips = bool(starts) if not skips else not token.contents.startswith("endblock")
        elif token.token_type == TokenType.TEXT and not skips:
            yield token.contents


def test_every_word_of_a_page_can_be_translated():
    pages = [path for path in templates() if path.suffix == ".html"]
    # The specimen is for those who make pages, and speaks like their code.
    spoken = [path for path in pages if "specimen" not in path.parts]
    assert len(spoken) > 50
    found = {place(path): words for path in spoken if (words := bare_words(path.read_text()))}
    assert found == {}


@pytest.mark.parametrize(
    "bad",
    [
        "<p>Hello</p>",
        '<p>{% translate "Hello" %} there</p>',
        '<button aria-label="Close">{% icon "close" %}</button>',
        "{% blocktranslate %}Hello{% endblocktranslate %} there",
        '{% block shell %}wide{% if a %} x{% endif %}{% endblock %}<img alt="A door">',
    ],
)
def test_a_planted_word_is_found(bad: str):
    assert bare_words(bad)


@pytest.mark.parametrize(
    "good",
    [
        '<p class="strong">{% translate "Hello" %} <kbd>Enter</kbd>&nbsp;{{ name }}, b</p>',
        "{% blocktranslate count n=n %}One{% plural %}Many{% endblocktranslate %}",
        '{% block body_attributes %} data-live="x"{% if a %} data-keep{% endif %}{% endblock %}',
        "{# A comment #}<title>Alongside</title>",
    ],
)
def test_what_is_said_well_is_left_alone(good: str):
    assert bare_words(good) == []
