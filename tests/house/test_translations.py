"""Every sentence is in the French catalogue, whole; and the tool that says so can be trusted."""

import ast

import polib

from alongside.site.translations.catalogue import merge, read
from alongside.site.translations.faults import faults
from alongside.site.translations.sentences import (
    KEYWORDS,
    Sentence,
    in_folder,
    in_python,
    in_template,
)
from tests.house.tree import ROOT, SRC

FRENCH = ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def test_every_sentence_is_in_french():
    assert faults(read(FRENCH), in_folder(SRC)) == []


def texts(sentences) -> list[tuple[str | None, str, str]]:
    return [(one.context, one.text, one.plural) for one in sentences]


def test_sentences_of_python_are_found():
    source = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
a = _("Your wait is now about "
      "{minutes} minutes.")
b = ngettext("%(count)s visit", "%(count)s visits", count)
c = pgettext("verb", "Book")
d = not_translated("Nothing")
"""
    assert texts(in_python(source)) == [
        (None, "Your wait is now about {minutes} minutes.", ""),
        (None, "%(count)s visit", "%(count)s visits"),
        ("verb", "Book", ""),
    ]


def test_sentences_of_templates_are_found_however_deep_they_stand():
    source = """{% extends "x.html" %}
  <main>
        <p title="{% translate 'In the title' %}">{% translate "Come in" %}</p>
    {% translate "Book" context "verb" as word %}
      {% partialdef row %}
          {% blocktranslate trimmed with name=client.called %}
             Hello {{ name }},
             it's "time".
          {% endblocktranslate %}
      {% endpartialdef %}
   {% blocktranslate trimmed count n=waiting|length %}
       {{ n }} person waits
     {% plural %}
       {{ n }} people wait
   {% endblocktranslate %}
 {% include "y.html" with label=_("A label") %} isn't it's
 {# {% translate "Never shown" %} #}
  </main>
"""
    assert sorted(texts(in_template(source)), key=str) == sorted(
        [
            (None, "In the title", ""),
            (None, "Come in", ""),
            ("verb", "Book", ""),
            (None, 'Hello %(name)s, it\'s "time".', ""),
            (None, "%(n)s person waits", "%(n)s people wait"),
            (None, "A label", ""),
        ],
        key=str,
    )


def test_every_template_of_the_product_is_read():
    """A template whose pseudo-Python cannot be read would lose its sentences without a word."""
    said = [
        one for path in SRC.glob("*/templates/**/*.html") for one in in_template(path.read_text())
    ]
    assert len(said) > 20


def hidden(source: str) -> list[str]:
    """Give the sentences inside an f-string: older Pythons read it as one word, and lose them."""
    strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    calls = [node for one in strings for node in ast.walk(one) if isinstance(node, ast.Call)]
    return [ast.unparse(call) for call in calls if getattr(call.func, "id", "") in KEYWORDS]


def test_no_sentence_hides_in_an_f_string():
    paths = [path for path in SRC.rglob("*.py") if "tests" not in path.parts]
    assert [f"{path.name}: {one}" for path in paths for one in hidden(path.read_text())] == []
    assert hidden("said = f\"{first} {_('nobody else')}.\"") == ["_('nobody else')"]


def catalogue(**entry) -> polib.POFile:
    made = polib.POFile()
    made.append(polib.POEntry(**entry))
    return made


HELLO = Sentence(text="Hello {name}")
VISITS = Sentence(text="%(n)s visit", plural="%(n)s visits")


def first_word(found: list[str]) -> list[str]:
    return [line.split(":")[0] for line in found]


def test_a_whole_entry_has_no_fault():
    assert faults(catalogue(msgid=HELLO.text, msgstr="Bonjour {name}"), [HELLO]) == []
    plural = {0: "%(n)s visite", 1: "%(n)s visites"}
    made = catalogue(msgid=VISITS.text, msgid_plural=VISITS.plural, msgstr_plural=plural)
    assert faults(made, [VISITS]) == []


def test_each_planted_fault_is_found():
    """The negative control: one catalogue for each thing that can be wrong with an entry."""
    ok = {"msgid": HELLO.text, "msgstr": "Bonjour {name}"}
    assert first_word(faults(polib.POFile(), [HELLO])) == ["missing"]
    assert first_word(faults(catalogue(msgid=HELLO.text, msgstr=" "), [HELLO])) == ["empty"]
    assert first_word(faults(catalogue(**ok, flags=["fuzzy"]), [HELLO])) == ["fuzzy"]
    assert first_word(faults(catalogue(**ok, obsolete=True), [])) == ["obsolete"]
    assert first_word(faults(catalogue(**ok), [])) == ["obsolete"]
    other = catalogue(msgid=HELLO.text, msgstr="Bonjour {nom}")
    assert first_word(faults(other, [HELLO])) == ["does not fit"]
    half = {0: "%(n)s visite", 1: ""}
    made = catalogue(msgid=VISITS.text, msgid_plural=VISITS.plural, msgstr_plural=half)
    assert first_word(faults(made, [VISITS])) == ["empty"]


def test_a_translation_keeps_its_tags():
    link = Sentence(text='<a href="%(url)s">Cancel</a>')
    good = catalogue(msgid=link.text, msgstr='<a href="%(url)s">Annuler</a>')
    bad = catalogue(msgid=link.text, msgstr='<a href="%(url)s" onclick="x()">Annuler</a>')
    assert faults(good, [link]) == []
    assert first_word(faults(bad, [link])) == ["does not fit"]


def test_merging_keeps_what_fits_and_drops_what_is_gone():
    old = catalogue(msgid="Come in", msgstr="Entrez")
    old.append(polib.POEntry(msgid="Gone", msgstr="Parti"))
    old.append(polib.POEntry(msgid="Doubtful", msgstr="Douteux", flags=["fuzzy"]))
    new = merge(old, [Sentence(text=text) for text in ("Come in", "Doubtful", "New")], "fr")
    assert [(entry.msgid, entry.msgstr, entry.fuzzy) for entry in new] == [
        ("Come in", "Entrez", False),
        ("Doubtful", "Douteux", True),
        ("New", "", False),
    ]
    assert merge(new, [Sentence(text=e.msgid) for e in new], "fr").metadata == new.metadata
    assert str(new) == str(merge(new, [Sentence(text=e.msgid) for e in new], "fr"))
