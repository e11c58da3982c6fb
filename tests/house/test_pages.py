"""Pages keep to the strict content policy, and work without a script."""

import pytest

from tests.house import pages
from tests.house.tree import modules, place, templates


def test_no_template_breaks_the_rules_of_pages():
    found = [
        f"{place(path)}, {fault}"
        for path in templates()
        if path.suffix in (".html", ".svg")
        for fault in pages.faults(path.read_text())
    ]
    assert found == []


def test_no_html_that_python_writes_is_inline():
    found = [
        f"{place(path)}: {what}" for path in modules() for what in pages.in_python(path.read_text())
    ]
    assert found == []


ASKING = 'hx-target="#x" hx-swap="outerMorph"'


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color: red">',
        "<p\n   style='x'>",
        '<button {% if a %}onclick="go()"{% endif %}>',
        "<script>alert(1)</script>",
        "<style>p {}</style>",
        '<div hx-get="/x" hx-swap="outerMorph">',
        '<div hx-get="/x" hx-target="#x">',
        f'<a hx-get="/x" {ASKING}>',
        f'<form hx-post="/x" {ASKING}>',
        f'<form hx-post="/x" method="get" action="/x" {ASKING}>',
    ],
)
def test_a_planted_fault_is_found(bad: str):
    assert len(pages.faults(bad)) == 1


@pytest.mark.parametrize(
    "good",
    [
        '<rect x="{{ left }}" width="{{ wide }}" class="band"/>',
        '<script src="{% static "ui/live.js" %}"></script>',
        '<script nonce="{{ request.csp_nonce }}">x</script>',
        f'<form method="post" action="{{% url "x" %}}" hx-post="/x" {ASKING}>',
        f'<a href="{{% url "x" %}}" hx-get="/x" {ASKING}>',
        '<button hx-post="/x" hx-swap="none">',
        '{# <p style="x"> #}{% comment %}<p onclick="x">{% endcomment %}',
        '<p data-style="x" data-onclick="y">style="x"</p>',
    ],
)
def test_what_is_right_is_left_alone(good: str):
    assert pages.faults(good) == []


def test_a_planted_style_in_python_is_found():
    assert pages.in_python("""format_html('<p style="{}">', x)""")
    assert pages.in_python("""'<a href="x" onclick="y">'""")
    assert not pages.in_python("""draw(style="x", once="y"); a < b and c(style="z")""")
