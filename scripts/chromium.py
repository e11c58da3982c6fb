"""Find a Chromium that starts, or fetch one. Standard library only."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from os import geteuid

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Where playwright put its own, if it did.
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    print(p.chromium.executable_path)
"""


def find() -> str | None:
    """Return the path of a Chromium that starts here, fetching one if need be; None if none can."""
    ways: tuple[Callable[[], str | None], ...] = (
        on_path,
        of_playwright,
        fetched_by_playwright,
        of_the_system,
    )
    for way in ways:
        found = way()
        if found and starts(found):
            return found
    return None


def starts(path: str) -> bool:
    """Tell whether this browser opens a page: one that lacks a library is no browser."""
    # The sandbox of Chromium needs rights that a container often lacks; the pages are our own.
    asked = [path, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "about:blank"]
    return "<html" in _said(asked, seconds=60)


def on_path() -> str | None:
    """Return the browser on the PATH."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def of_playwright() -> str | None:
    """Return the browser that playwright installed earlier."""
    return _said([sys.executable, "-c", ASK_PLAYWRIGHT], seconds=60).strip() or None


def fetched_by_playwright() -> str | None:
    """Let playwright fetch its browser into the person's cache."""
    print("No Chromium here: fetching one with playwright (once).", flush=True)
    _said([sys.executable, "-m", "playwright", "install", "chromium"], seconds=300)
    return of_playwright()


def of_the_system() -> str | None:
    """Install the system's Chromium, where we are allowed to."""
    if geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Playwright could not fetch one: installing the system's Chromium.", flush=True)
    _said(["apt-get", "update", "-qq"], seconds=120)
    _said(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], seconds=300)
    return on_path()


def _said(command: list[str], *, seconds: float) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


if __name__ == "__main__":
    chromium = find()
    print(chromium or "No Chromium could be had.")
    sys.exit(chromium is None)
