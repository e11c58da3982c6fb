"""Every page as it leaves: strict policy, nothing inline, nothing kept by a shared computer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.urls import reverse

from alongside.access.policy import row_for
from alongside.clinics.models import Network
from tests.house import pages
from tests.house.canaries import Seeds, Sown, sow
from tests.house.sweep import PRINCIPALS, Address, Sweep, addresses, arguments

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_past_ten")]

NONCE = re.compile(r"'nonce-([^']+)'")
# What a page may never do; each name is the browser's.
SWITCHED_OFF = ("camera", "microphone", "geolocation", "payment", "usb", "display-capture")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as somebody got it."""

    name: str
    who: str
    answer: HttpResponse

    def __str__(self) -> str:
        return f"{self.name} as {self.who}"

    @property
    def html(self) -> str:
        is_html = self.answer["Content-Type"].startswith("text/html")
        return self.answer.content.decode() if is_html else ""


@pytest.fixture
def swept(db, settings) -> Sweep:
    settings.DEMO = True
    network = Network.objects.create(name="Two Streets")
    seeds = Seeds()
    return Sweep(seeds, (sow("h", network, seeds), sow("s", network, seeds)))


def rendered(swept: Sweep) -> Iterator[Page]:
    """Open every address as everybody: also what refuses them is a page."""
    here = swept.clinics[0]
    for address in addresses():
        for who in PRINCIPALS:
            if address.name.startswith("live:") or (who == "client") > address.has_secret:
                continue
            yield Page(address.name, who, opened(swept, address, who, here))


def opened(swept: Sweep, address: Address, who: str, here: Sown) -> HttpResponse:
    path = reverse(address.name, kwargs=arguments(address, here))
    return swept.browser(who, here).get(path)


def faults(page: Page) -> Iterator[str]:
    """Give each thing that is wrong with a page as it leaves."""
    policy = page.answer.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy:
        yield "no policy"
    if "unsafe-" in policy or "*" in policy or "http:" in policy or "strict-dynamic" in policy:
        yield "a weak policy"
    nonces = set(NONCE.findall(policy))
    used = set(re.findall(r'nonce="([^"]*)"', page.html))
    if not used <= nonces:
        yield "a nonce that the policy does not name"
    yield from (fault for fault in pages.faults(page.html) if "inline" in fault or "nonce" in fault)
    if page.answer.get("Cross-Origin-Opener-Policy") != "same-origin":
        yield "no opener policy"
    if page.answer.get("X-Content-Type-Options") != "nosniff":
        yield "sniffed"
    if page.answer.get("X-Frame-Options") != "DENY":
        yield "framed"
    off = page.answer.get("Permissions-Policy", "")
    yield from (
        f"may use the {name}"
        for name in SWITCHED_OFF
        if f"{name}=()" not in off and not (name == "microphone" and hears(page))
    )


def hears(page: Page) -> bool:
    """Tell whether this is one of the pages where a client may talk, and hears nobody else."""
    row = row_for(page.name)
    # Whoever holds a link is the client whom it was given to.
    is_own = row is not None and row.talks and (row.link or page.who in ("client", "close_one"))
    return bool(is_own) and "microphone=(self)" in page.answer.get("Permissions-Policy", "")


def is_personal(page: Page) -> bool:
    """Tell whether a page is for one person: they are signed in, or hold a link or a device."""
    row = row_for(page.name)
    return bool(row and row.link) or page.who not in ("anyone", "client", "ex-staff")


def not_kept(page: Page) -> str:
    """Say how a page forbids a copy: a calendar program alone may keep what it asks for."""
    return "private, no-cache" if page.name == "visits:feed" else "no-store"


def test_every_page_leaves_as_it_should(swept):
    there = list(rendered(swept))
    wrong = [f"{page}: {fault}" for page in there for fault in faults(page)]
    assert wrong == []
    kept = [
        str(page)
        for page in there
        if is_personal(page) and not_kept(page) not in page.answer.get("Cache-Control", "")
    ]
    assert kept == []
    assert sum(bool(page.html) for page in there) > 3 * len(addresses())
    assert sum(page.answer.status_code == 200 for page in there) > len(addresses())


def test_each_answer_has_a_nonce_of_its_own(swept):
    (door,) = [one for one in addresses() if one.name == "office:sign-in"]
    policies = [
        opened(swept, door, "anyone", swept.clinics[0])["Content-Security-Policy"] for _ in range(3)
    ]
    nonces = [NONCE.findall(policy)[0] for policy in policies]
    assert len(set(nonces)) == 3
    assert all(len(nonce) >= 22 for nonce in nonces)


def test_a_page_with_inline_code_or_a_weak_policy_is_found():
    """The control."""
    plain = HttpResponse('<p style="color:red" onclick="x()"><script>y()</script>')
    found = list(faults(Page("x", "desk", plain)))
    assert sum("inline" in fault or "without a nonce" in fault for fault in found) == 3
    assert {"no policy", "no opener policy", "sniffed", "framed", "may use the camera"} <= {*found}
    weak = HttpResponse("")
    weak["Content-Security-Policy"] = "default-src 'none'; script-src 'unsafe-inline'"
    assert "a weak policy" in list(faults(Page("x", "desk", weak)))
