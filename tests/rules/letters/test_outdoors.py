"""Nothing that tells a stranger about somebody's care leaves the house."""

import pytest

from alongside.rules.letters.outdoors import names, says

CARD = {"card": ["Loud rooms frighten me. Please knock!\nUn interprète : wolof"]}


@pytest.mark.parametrize(
    "text",
    [
        "Remember: loud rooms frighten me",
        "PLEASE\n   KNOCK at the door",
        "un interprete : wolof",
        "DESCRIPTION:Loud rooms fri\r\n ghten me",
        "SUMMARY:please\\nknock",
    ],
)
def test_words_of_the_card_are_found_however_they_are_written(text):
    assert says(text, CARD) == "card"


@pytest.mark.parametrize(
    "text", ["Hello Amara. We see you on Tuesday at 10:30.", "Please knocking", ""]
)
def test_other_words_are_not(text):
    assert says(text, CARD) is None


def test_it_tells_which_kind():
    private = {"card": ["tea"], "asked": ["to cook again"]}
    assert says("You want to cook again.", private) == "asked"
    assert says("Tea, or to cook again?", private) == "card"


def test_a_piece_too_short_to_tell_anything_is_left_alone():
    assert says("No worries.", {"card": ["No", "?"]}) is None


@pytest.mark.parametrize("text", ["Dear Ms Diallo,", "AMARA DIALLO", "N:Diallo;Amara", "Diallo's"])
def test_a_name_is_found(text):
    assert names(text, "Diallo")


@pytest.mark.parametrize(
    ("text", "name"),
    [("You may come early.", "May"), ("a long wait", "Long"), ("Bonjour", "Jour"), ("Hello", "")],
)
def test_a_word_that_only_sounds_like_a_name_is_none(text, name):
    assert not names(text, name)


def test_accents_do_not_hide_a_name():
    assert names("Chère Mme Lefevre", "Lefèvre")
