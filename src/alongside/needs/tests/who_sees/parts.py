"""What Amara told of each part, and how a page is read for it."""

from django.test import Client as Browser

BUTTONS, NIGHTS, PAIN, STEP = "buttons", "I lie awake", "my wrist burns", "the step at the door"
WORDS = {"d540": BUTTONS, "b134": NIGHTS, "b280": PAIN, "e155": STEP}
AREAS = {"d540": "activities", "b134": "mind", "b280": "body", "e155": "surroundings"}


def hers(amara, own_page):
    """Amara's own browser, in English."""
    browser = own_page(Browser(), amara)
    browser.cookies["alongside-language"] = "en"
    return browser


def found(page: str) -> set[str]:
    """Whose words stand on a page."""
    return {words for words in WORDS.values() if words in page}
