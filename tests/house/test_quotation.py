"""A French page speaks in « », an English one in “ ”: each mark can be said in both languages."""

import ast
import re

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from alongside.clinics.models import Network
from alongside.site.translations.catalogue import merge, read
from alongside.site.translations.sentences import Sentence, in_python
from alongside.site.translations.signs import NO_BREAK, well_set
from tests.house.canaries import Seeds, sow
from tests.house.sweep import OF_CLIENT, PRINCIPALS, Sweep, addresses, arguments
from tests.house.test_translations import FRENCH, catalogue
from tests.house.test_words import outside
from tests.house.tree import modules, place, templates

MARKS = re.compile("[“”]")
# A French sign that may begin a line, or an English mark.
ILL_SET = re.compile(r"[“”]|« | [:;?!»]")
# Who sees another page than the next one; the rest of the staff read what a manager reads.
READERS = [who for who in PRINCIPALS if who not in ("desk", "trainer", "glass", "ex-staff")]
# Rules speak to nobody: what they say in English is for a command, or a page says it anew.
UNSPOKEN = ("src/alongside/rules/", "src/alongside/site/translations/signs.py")


def marked(source: str) -> list[str]:
    """Give the words of a Python module that stand in English marks and in no catalogue."""
    said = {text for one in in_python(source) for text in (one.text, one.plural)}
    tree = ast.parse(source)
    documents = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in documents
        and MARKS.search(node.value)
        and node.value not in said
    ]


def test_no_template_has_a_mark_outside_a_translation():
    spoken = [path for path in templates() if "specimen" not in path.parts]
    found = [place(path) for path in spoken if MARKS.search("".join(outside(path.read_text())))]
    assert found == []


def test_a_mark_in_a_template_is_found():
    assert MARKS.search("".join(outside("<p>“{{ goal.words }}”</p>")))
    assert not MARKS.search("".join(outside('{% translate "say “here”" %}{{ words|quoted }}')))


def test_no_sentence_of_python_has_a_mark_outside_a_translation():
    spoken = [path for path in modules() if not place(path).startswith(UNSPOKEN)]
    found = {place(path): words for path in spoken if (words := marked(path.read_text()))}
    assert found == {}


def test_a_mark_in_python_is_found():
    assert marked('said = f"“{words}”"') == ["“", "”"]
    assert marked('"""“Here”."""\nsaid = _("“%(words)s”")\ndef f():\n    """“I”"""') == []


def test_the_french_catalogue_is_set_as_french_is():
    entries = read(FRENCH)
    said = [form for e in entries for form in (e.msgstr, *e.msgstr_plural.values())]
    assert [form for form in said if ILL_SET.search(form)] == []
    assert sum("«" in form for form in said) > 50


def test_what_a_translator_forgets_is_set_by_extract():
    once = catalogue(msgid="Help?", msgstr="Besoin d’aide ? Dites « aide » : “ici” !")
    (entry,) = merge(once, [Sentence(text="Help?")], "fr")
    assert entry.msgstr == "Besoin d’aide_? Dites «_aide_»_: «_ici_»_!".replace("_", NO_BREAK)
    assert not ILL_SET.search(entry.msgstr)
    assert well_set(entry.msgstr, "fr") == entry.msgstr
    assert well_set("Say “here”: yes", "en") == "Say “here”: yes"


@pytest.mark.parametrize(("language", "said"), [("en", "“{}”"), ("fr", "«_{}_»")])
def test_own_words_are_quoted_and_stay_harmless(language, said):
    page = Template("{{ words|truncatechars:30|quoted }}")
    with translation.override(language):
        drawn = page.render(Context({"words": "To <b>cook</b>"}))
    assert drawn == said.replace("_", NO_BREAK).format("To &lt;b&gt;cook&lt;/b&gt;")


@pytest.mark.django_db
@pytest.mark.usefixtures("at_ten_past_ten")
def test_no_french_page_has_an_english_mark(settings):
    settings.DEMO = True
    seeds = Seeds()
    network = Network.objects.create(name="Two Streets")
    swept = Sweep(seeds, (sow("h", network, seeds), sow("s", network, seeds)))
    here, found, seen = swept.clinics[0], [], set()
    for address in addresses():
        path = reverse(address.name, kwargs=arguments(address, here))
        for who in READERS:
            if address.name.startswith(("live:", "ui:specimen")) or (
                who in OF_CLIENT and address.has_secret
            ):
                continue
            browser = swept.browser(who, here)
            browser.cookies["alongside-language"] = "fr"
            answer = browser.get(path)
            # What is handed to a client is in their language, whatever its reader's is.
            theirs = address.name == "careplans:staff-sheet"
            html = answer.content.decode() if "html" in answer.get("Content-Type", "") else ""
            seen |= {address.name} if 'lang="fr"' in html else set()
            found += [f"{address.name} as {who}"] if MARKS.search(html) and not theirs else []
    assert found == []
    assert len(seen) > 100
