"""Talk instead of type, and have a page read aloud: each on a page of its own, with a browser's
own part played by the test."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TALK = """<body><main><label for="box">Words</label><textarea id="box" maxlength="40"></textarea>
</main><template data-talk-button><div class="talk">
<button type="button" aria-pressed="false">Talk</button>
<p role="status" data-listening="Listening" data-denied="Not allowed" data-unheard="Nothing heard"
data-failed="Failed"></p></div></template>
<dialog id="talk-first"><p data-talk-here>Stays here</p><p data-talk-away>Goes to the maker</p>
<form method="dialog"><button value="yes">Yes</button><button value="">No</button></form>
</dialog>"""
# A browser that hears what the test says to it: `hears("words", isFinal)`.
EARS = """window.SpeechRecognition = class {
  constructor() { window.ears = this; window.heardBy = (window.heardBy ?? 0) + 1; }
  start() { this.started = true; }
  stop() { this.onend(); }
  static available() { return Promise.resolve(%s); }
};
window.hears = (words, isFinal) => ears.onresult({ resultIndex: 0,
  results: [Object.assign([{ transcript: words }], { isFinal })] });"""
AWAY, STAYS = EARS % "'unavailable'", EARS % "'available'"


def _open(tabs, address, state, body, *scripts, before=""):
    state.body, state.scripts = body, scripts
    if before:
        tabs.add_init_script(before)
    page = tabs.new_page()
    page.goto(address + "/")
    return page


def test_words_that_are_said_stand_in_the_box_after_yes(tabs, address, state):
    page = _open(tabs, address, state, TALK, "talk.js", before=AWAY)
    page.locator("#box").fill("I want")
    page.get_by_role("button", name="Talk").click()
    expect(page.locator("[data-talk-away]")).to_be_visible()
    expect(page.locator("[data-talk-here]")).to_be_hidden()
    assert page.evaluate("window.ears") is None
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_role("button", name="Talk")).to_have_attribute("aria-pressed", "true")
    page.evaluate("hears('to cook', false)")
    expect(page.locator("[role=status]")).to_have_text("to cook")
    expect(page.locator("#box")).to_have_value("I want")
    page.evaluate("hears(' to cook soup.', true)")
    expect(page.locator("#box")).to_have_value("I want to cook soup.")
    page.evaluate("hears('and very much more than there is room for', true)")
    assert len(page.locator("#box").input_value()) == 40
    page.get_by_role("button", name="Talk").click()
    expect(page.get_by_role("button", name="Talk")).to_have_attribute("aria-pressed", "false")


def test_after_no_nobody_listens_and_it_is_asked_again(tabs, address, state):
    page = _open(tabs, address, state, TALK, "talk.js", before=AWAY)
    page.get_by_role("button", name="Talk").click()
    page.get_by_role("button", name="No").click()
    assert page.evaluate("window.ears") is None
    page.get_by_role("button", name="Talk").click()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    assert page.evaluate("window.ears") is None


def test_a_device_that_can_do_it_alone_says_so_and_is_made_to(tabs, address, state):
    page = _open(tabs, address, state, TALK, "talk.js", before=STAYS)
    page.get_by_role("button", name="Talk").click()
    expect(page.locator("[data-talk-here]")).to_be_visible()
    expect(page.locator("[data-talk-away]")).to_be_hidden()
    page.get_by_role("button", name="Yes").click()
    page.wait_for_function("window.ears?.started")
    assert page.evaluate("ears.processLocally") is True


def test_yes_to_the_device_is_no_yes_to_its_maker(tabs, address, state):
    page = _open(tabs, address, state, TALK, "talk.js", before=STAYS)
    page.get_by_role("button", name="Talk").click()
    page.get_by_role("button", name="Yes").click()
    page.get_by_role("button", name="Talk").click()
    page.evaluate("SpeechRecognition.available = () => Promise.resolve('unavailable')")
    page.get_by_role("button", name="Talk").click()
    expect(page.locator("[data-talk-away]")).to_be_visible()


@pytest.mark.parametrize(
    ("error", "said"),
    [("not-allowed", "Not allowed"), ("no-speech", "Nothing heard"), ("network", "Failed")],
)
def test_what_went_wrong_is_said(tabs, address, state, error, said):
    page = _open(tabs, address, state, TALK, "talk.js", before=AWAY)
    page.get_by_role("button", name="Talk").click()
    page.get_by_role("button", name="Yes").click()
    page.wait_for_function("window.ears?.started")
    page.evaluate(f"ears.onerror({{error: '{error}'}}); ears.onend()")
    expect(page.locator("[role=status]")).to_have_text(said)


def test_a_browser_that_cannot_hear_offers_nothing(tabs, address, state):
    """The negative control: where it cannot be done, nothing stands there."""
    gone = "delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"
    page = _open(tabs, address, state, TALK, "talk.js", before=gone)
    expect(page.locator("#box")).to_be_visible()
    expect(page.get_by_role("button", name="Talk")).to_have_count(0)


READ = """<body><main><button data-read-aloud hidden aria-pressed="false">Read</button>
<h1 lang="fr" data-read>Être triste</h1><p hidden data-read>Never</p>
<p data-read>Not at all</p></main>"""
VOICES = """window.spoken = []; window.voices = [];
const speech = { getVoices: () => voices, cancel() { spoken.push("stop"); },
  speak(words) { spoken.push([words.text, words.lang, words.voice.name].join("|")); },
  addEventListener(name, heard) { window.voicesCame = heard; } };
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
voices.push({ name: "Far", lang: "fr-FR", localService: false },
  { name: "Here", lang: "en-GB", localService: true });"""
NEAR = 'voices.push({ name: "Près", lang: "fr_FR", localService: true });'


def test_it_is_read_in_its_own_language_by_voices_of_the_device(tabs, address, state):
    page = _open(tabs, address, state, READ, "read.js", before=VOICES + NEAR)
    page.get_by_role("button").click()
    said = [one for one in page.evaluate("spoken") if one != "stop"]
    assert said == ["Être triste|fr|Près", "Not at all|en|Here"]
    # The next page is read by itself, until it is switched off.
    page.reload()
    assert [one for one in page.evaluate("spoken") if one != "stop"] == said
    page.get_by_role("button").click()
    page.reload()
    assert [one for one in page.evaluate("spoken") if one != "stop"] == []


def test_a_voice_from_the_network_is_no_voice(tabs, address, state):
    page = _open(tabs, address, state, READ, "read.js", before=VOICES)
    expect(page.locator("button")).to_be_hidden()
    # Voices come a moment later in some browsers.
    page.evaluate(f"{NEAR} voicesCame()")
    expect(page.locator("button")).to_be_visible()
