"""A text message fits, and its link still works."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.rules.letters.text_message import MOST, callable_number, fit

LINK = "https://clinic.example/v/abcdefghijklmnopqrstuvwx"


def test_a_short_text_stays_as_it_is():
    assert fit(f"Hello Amara.\nYour visit: {LINK}") == f"Hello Amara.\nYour visit: {LINK}"


def test_a_long_text_loses_words_but_never_its_link():
    cut = fit("Hello Amara. " + "We look forward to it. " * 30 + LINK)
    assert len(cut) <= MOST
    assert cut.endswith(f"... {LINK}")
    assert cut.startswith("Hello Amara. We look forward to it.")


def test_the_signs_of_fine_print_become_plain_so_that_more_letters_fit_in_a_part():
    french = "Bonjour Zoé. Pouvez-vous venir\u00a0? C’est «\u00a0oui\u00a0»\u202f: 10–12…"
    assert fit(french) == 'Bonjour Zoé. Pouvez-vous venir ? C\'est "oui" : 10-12...'


@given(some.text(max_size=900), some.booleans())
def test_it_always_fits(text, linked):
    cut = fit(text + (f" {LINK}" if linked else ""))
    assert len(cut) <= MOST
    assert (LINK in cut) or not linked or "http" in text


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+33 (0)6.12.34.56.78", "+33612345678"),
        ("0033 6-12-34-56-78", "+33612345678"),
        ("+1 (416) 555-0100", "+14165550100"),
        ("06 12 34 56 78", None),
        ("", None),
        ("ask her brother", None),
        ("+33 6", None),
    ],
)
def test_a_number_is_made_callable_or_refused(written, called):
    assert callable_number(written) == called
