"""Everything that can stand on record has a sentence, in English and in French."""

import ast
from collections.abc import Iterator

import pytest
from django.utils import translation

from alongside.parts import registry
from tests.house.tree import modules, place

WRITERS = {"record", "record_many", "record_seen"}
# They put "visits." before the verb that they are given second.
STEPS = {"take_step", "rewrite", "_tell"}


def verbs(source: str) -> Iterator[str]:
    """Give the verbs that a module puts on record, where they stand as they are."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in WRITERS:
            yield from _said(node.args[0])
        elif name in STEPS and len(node.args) > 1:
            yield from (f"visits.{verb}" for verb in _said(node.args[1]))


def _said(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _said(node.body)
        yield from _said(node.orelse)


def on_record() -> dict[str, str]:
    """Give every verb in the product, and where it is said."""
    return {verb: place(path) for path in modules() for verb in verbs(path.read_text())}


def sentences() -> dict[str, str]:
    """Give the sentences of all parts, as they are in the language of the moment."""
    return {verb: str(said) for part in registry.every() for verb, said in part.says.items()}


def test_every_verb_has_a_sentence():
    silent = [f"{where}: {verb}" for verb, where in on_record().items() if verb not in sentences()]
    assert silent == [], "say it in `says` of the part's card (apps.py)"


def test_every_sentence_says_who():
    assert [verb for verb, said in sentences().items() if "%(who)s" not in said] == []


@pytest.mark.parametrize("verb", sorted(sentences()))
def test_every_sentence_is_in_french(verb):
    with translation.override("en"):
        english = sentences()[verb]
    with translation.override("fr"):
        french = sentences()[verb]
    assert french != english
    assert "%(who)s" in french


def test_the_walk_finds_verbs():
    assert len(on_record()) > 30
    planted = 'record("a.b", by=x)\ntake_step(v, "c" if d else "e")\nrecord(f"{x}.y")\nseen("z.z")'
    assert list(verbs(planted)) == ["a.b", "visits.c", "visits.e"]


# What only a stranger to the person says; a client reads about themselves.
ABOUT_A_STRANGER = ("this person", "them", "the own page", "cette personne", "la personne")


def told() -> dict[str, str]:
    """Give every sentence as the client reads it whom it is about."""
    return {
        verb: str(part.tells.get(verb, said))
        for part in registry.every()
        for verb, said in part.says.items()
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_client_reads_no_sentence_about_a_stranger(language):
    with translation.override(language):
        strange = [
            f"{verb}: {said}"
            for verb, said in told().items()
            if any(word in said.lower() for word in ABOUT_A_STRANGER)
        ]
        assert strange == [], "say it in `tells` of the part's card (apps.py)"
        # The negative control: staff's sentences would not do.
        assert any("person" in said.lower() for said in sentences().values())


def test_every_sentence_told_to_a_client_says_who_and_is_in_french():
    with translation.override("en"):
        english = told()
    with translation.override("fr"):
        french = told()
    assert [verb for verb, said in english.items() if "%(who)s" not in said] == []
    assert [verb for verb, said in french.items() if "%(who)s" not in said] == []
    assert [verb for verb, said in french.items() if said == english[verb]] == []


def test_nothing_is_told_that_nobody_says():
    told_only = [
        verb for part in registry.every() for verb in part.tells if verb not in sentences()
    ]
    assert told_only == []
