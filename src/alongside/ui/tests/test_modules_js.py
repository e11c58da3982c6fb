"""Forms, keys, kiosk, a phone without network, a voice: each module on a page of its own."""

import time

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FORM = """<body><form id="f" method="post" action="/send/" {about}>
<input name="name" id="name"><input name="secret" id="secret" type="password">
<input type="hidden" name="key" value=""><button name="go" value="yes">Send</button></form>"""
BOARD = """<body><input data-search id="search"><button data-key="c" id="check">Check in <kbd>c</kbd></button>
<button type="button" data-keys-open hidden>Keys</button>
<table><tr data-row tabindex="-1" id="one"><td><button data-key="n" id="call1">Call</button></td></tr>
<tr data-row tabindex="-1" id="two"><td><button data-key="n" id="call2">Call</button></td></tr></table>
<dialog id="keys"><table><tbody data-keys-list></tbody></table>
<template data-keys-fixed><span data-key-name="/">Search</span><span data-key-name="?">This list</span></template>
<input type="checkbox" data-keys-on></dialog>"""  # noqa: E501
SHOW = "document.addEventListener('click', e => document.title = e.target.id)"


def _open(tabs, address, state, body, *scripts, path="/"):
    state.body, state.scripts = body, scripts
    page = tabs.new_page()
    page.goto(address + path)
    return page


def test_a_form_pressed_twice_is_sent_once_with_its_button_and_a_key(tabs, address, state):
    page = _open(tabs, address, state, FORM.format(about=""), "forms.js")
    key = page.locator("[name=key]").input_value()
    assert len(key) >= 32
    page.evaluate("const b = document.querySelector('button'); b.click(); b.click();")
    page.wait_for_url("**/done/")
    assert len(state.posts) == 1
    assert "go=yes" in state.posts[0]
    assert f"key={key}" in state.posts[0]


def test_without_the_module_it_would_be_sent_without_a_key(tabs, address, state):
    page = _open(tabs, address, state, FORM.format(about=""))
    page.locator("button").click()
    page.wait_for_url("**/done/")
    assert "key=&" in state.posts[0]


def test_what_was_typed_comes_back_after_a_reload_but_never_a_password(tabs, address, state):
    page = _open(tabs, address, state, FORM.format(about="data-keep"), "forms.js")
    page.locator("#name").fill("Stairs worry me")
    page.locator("#secret").fill("do not keep")
    page.reload()
    expect(page.locator("#name")).to_have_value("Stairs worry me")
    expect(page.locator("#secret")).to_have_value("")
    assert "do not keep" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_what_was_typed_is_forgotten_once_it_arrived(tabs, address, state):
    page = _open(tabs, address, state, FORM.format(about="data-keep"), "forms.js")
    page.locator("#name").fill("Stairs worry me")
    page.locator("button").click()
    page.wait_for_url("**/done/")
    page.goto(address + "/")
    expect(page.locator("#name")).to_have_value("")


def test_a_sending_that_failed_loses_nothing(tabs, address, state):
    page = _open(tabs, address, state, FORM.format(about="data-keep"), "forms.js")
    page.locator("#name").fill("Stairs worry me")
    tabs.set_offline(True)
    page.locator("button").click()
    page.wait_for_timeout(400)
    tabs.set_offline(False)
    page.go_back() if "chrome-error" in page.url else page.reload()
    expect(page.locator("#name")).to_have_value("Stairs worry me")


def test_keys_act_on_the_row_in_focus_first(tabs, address, state):
    page = _open(tabs, address, state, BOARD, "keys.js")
    page.evaluate(SHOW)
    page.keyboard.press("c")
    assert page.title() == "check"
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#two")).to_be_focused()
    page.keyboard.press("n")
    assert page.title() == "call2"
    page.keyboard.press("ArrowUp")
    expect(page.locator("#one")).to_be_focused()


def test_keys_are_letters_while_somebody_types(tabs, address, state):
    page = _open(tabs, address, state, BOARD, "keys.js")
    page.evaluate(SHOW)
    page.keyboard.press("/")
    page.keyboard.type("cnj?")
    expect(page.locator("#search")).to_have_value("cnj?")
    assert page.title() == "Bench"


def test_the_question_mark_lists_the_keys_of_this_page_and_they_can_be_switched_off(
    tabs, address, state
):
    page = _open(tabs, address, state, BOARD, "keys.js")
    page.keyboard.press("?")
    expect(page.locator("[data-keys-list]")).to_contain_text("Check in")
    page.locator("[data-keys-on]").uncheck()
    page.keyboard.press("Escape")
    page.evaluate(SHOW)
    page.keyboard.press("c")
    assert page.title() == "Bench"


KIOSK = """<body data-home="/home/" data-rest="{rest}"><p><a href="/other/" id="on">On</a></p>
<input id="name"><dialog data-idle><p data-idle-left></p>
<button data-idle-more>I need more time</button></dialog>"""


def test_the_kiosk_warns_and_then_goes_home(tabs, address, state):
    page = _open(tabs, address, state, KIOSK.format(rest=11), "kiosk.js", path="/person/")
    expect(page.locator("dialog")).to_be_visible(timeout=3000)
    page.wait_for_url("**/home/", timeout=13000)


def test_more_time_is_one_tap(tabs, address, state):
    page = _open(tabs, address, state, KIOSK.format(rest=11), "kiosk.js", path="/person/")
    page.locator("[data-idle-more]").click(timeout=3000)
    expect(page.locator("dialog")).to_be_hidden()
    assert page.url.endswith("/person/")


def test_the_way_back_on_the_kiosk_leads_home(tabs, address, state):
    page = _open(tabs, address, state, KIOSK.format(rest=30), "kiosk.js", path="/person/")
    page.locator("#on").click()
    page.wait_for_url("**/other/")
    page.evaluate("history.back()")
    page.wait_for_url("**/home/")


RESEND = """<body><p data-resend-note hidden role="status" data-saved="Saved on this phone"
data-sending="Sending" data-sent="Sent" data-refused="Please look"></p>
<form method="post" action="/send/" data-resend><input type="hidden" name="key" value="k1">
<button>I am here</button></form>"""


def test_a_phone_that_loses_the_network_keeps_the_check_in_and_sends_it_once(tabs, address, state):
    page = _open(tabs, address, state, RESEND, "queue.js")
    tabs.set_offline(True)
    page.locator("button").click()
    expect(page.locator("[data-resend-note]")).to_have_text("Saved on this phone")
    assert state.posts == []
    tabs.set_offline(False)
    page.wait_for_url("**/done/")
    assert state.posts == ["key=k1"]
    assert page.evaluate("localStorage.getItem('to-send')") is None


def test_a_check_in_kept_on_the_phone_survives_closing_the_page(tabs, address, state):
    state.pages_work = False
    page = _open(tabs, address, state, RESEND, "queue.js")
    page.locator("button").click()
    expect(page.locator("[data-resend-note]")).to_have_text("Saved on this phone")
    page.close()
    state.pages_work = True
    again = _open(tabs, address, state, RESEND, "queue.js")
    again.wait_for_url("**/done/")
    assert state.posts == ["key=k1"]


VOICE = """<body><button data-voice hidden aria-pressed="false">Speak</button>
<ol id="calls"><li data-say="B 7, room 2" data-say-id="1"></li></ol>"""


def test_the_voice_is_off_until_asked_and_says_each_call_once(tabs, address, state):
    tabs.add_init_script(
        "window.spoken = []; Object.defineProperty(window, 'speechSynthesis',"
        " {value: {speak: w => spoken.push(w.text), cancel() {}}});"
    )
    page = _open(tabs, address, state, VOICE, "voice.js")
    add = "id => calls.insertAdjacentHTML('beforeend', `<li data-say='${id}' data-say-id='${id}'>`)"
    page.evaluate(add, "quiet")
    time.sleep(0.1)
    assert page.evaluate("spoken") == []
    page.locator("[data-voice]").click()
    page.evaluate(add, "K 4")
    page.evaluate(add, "K 4")
    page.wait_for_function("spoken.length > 0")
    assert page.evaluate("spoken") == ["K 4"]
