"""What the settings say: each check is also run by `alongside manage check --deploy`."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Doubt
from django.urls import get_resolver

HERE = ("localhost", "127.0.0.1", "[::1]")
DAY = 24 * 3600
LONGEST_SESSION = DAY
MONTH = 30 * DAY
LARGEST_BODY = 10 * 1024 * 1024
MOST_FIELDS = 1000
MOST_MEMORY = 64 * 1024
SHORTEST_KEY = 50
POLICY = ("default-src", "script-src", "style-src", "form-action", "frame-ancestors", "base-uri")


def is_local() -> bool:
    """Tell whether people reach this installation from this machine only."""
    return urlsplit(settings.PUBLIC_URL).hostname in (*HERE, "::1")


def hosts() -> Iterator[CheckMessage]:
    """The names that are answered to, and the one that people type."""
    if "*" in settings.ALLOWED_HOSTS:
        yield Error(
            "Every name is answered to.",
            hint="ALONGSIDE_HOSTS: the names that people type, with commas between.",
            id="alongside.E001",
        )
    name = urlsplit(settings.PUBLIC_URL).hostname or ""
    known = [host.strip("[]") for host in settings.ALLOWED_HOSTS]
    under = any(host.startswith(".") and name.endswith(host) for host in known)
    if name not in known and "*" not in known and not under:
        yield Error(
            f"Links in letters begin with {settings.PUBLIC_URL}, and {name} is not answered to.",
            hint="Add it to ALONGSIDE_HOSTS.",
            id="alongside.E002",
        )


def https() -> Iterator[CheckMessage]:
    """Nobody on the way reads along."""
    if not settings.HTTPS and not is_local():
        yield Error(
            f"People reach {settings.PUBLIC_URL} without HTTPS: anybody on the way can read along.",
            hint="Put a proxy with HTTPS in front: docs/how-to/systemd.md.",
            id="alongside.E003",
        )
    if settings.HTTPS and settings.SECURE_HSTS_SECONDS < MONTH:
        yield Doubt(
            "Browsers are told for less than a month to come back by HTTPS only.",
            hint="When HTTPS has worked for some days: ALONGSIDE_HSTS_SECONDS=31536000.",
            id="alongside.W004",
        )


def cookies() -> Iterator[CheckMessage]:
    """A session is sent by HTTPS, to this host, and to no script."""
    named = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    secure = settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
    if settings.HTTPS and not (secure and all(name.startswith("__Host-") for name in named)):
        yield Error("A cookie could go without HTTPS, or be set by another host of the domain.",
                    hint="SESSION_COOKIE_* and CSRF_COOKIE_* in the settings.",
                    id="alongside.E005")  # fmt: skip
    if not (settings.SESSION_COOKIE_HTTPONLY and settings.CSRF_COOKIE_HTTPONLY):
        yield Error("A script could read a session.", hint="*_COOKIE_HTTPONLY in the settings.",
                    id="alongside.E006")  # fmt: skip


def session_length() -> Iterator[CheckMessage]:
    """Somebody who went home is signed out by the next day (NIST SP 800-63B: 24 hours at most)."""
    if settings.SESSION_COOKIE_AGE > LONGEST_SESSION:
        hours = settings.SESSION_COOKIE_AGE / 3600
        yield Error(f"A session may last {hours:.0f} hours.", id="alongside.E007",
                    hint="SESSION_COOKIE_AGE: 24 hours at most, 12 as delivered.")  # fmt: skip


def hasher() -> Iterator[CheckMessage]:
    """Passwords are kept by a slow hash that this machine can bear ten times at once."""
    first = get_hasher("default")
    if first.algorithm not in ("argon2", "scrypt"):
        yield Error(f"Passwords are kept by {first.algorithm}, which is broken quickly.",
                    hint="PASSWORD_HASHERS: alongside.people.hashers.SmallArgon2 first.",
                    id="alongside.E008")  # fmt: skip
    elif getattr(first, "memory_cost", 0) > MOST_MEMORY:
        yield Doubt("Ten people who sign in at once would need more than 640 MB of memory.",
                      hint="PASSWORD_HASHERS: alongside.people.hashers.SmallArgon2 first.",
                      id="alongside.W009")  # fmt: skip


def limits() -> Iterator[CheckMessage]:
    """A request cannot fill the memory."""
    body, fields = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if not body or body > LARGEST_BODY or not fields or fields > MOST_FIELDS:
        yield Error("A single request may be so large that it fills the memory.",
                    hint="DATA_UPLOAD_MAX_MEMORY_SIZE and DATA_UPLOAD_MAX_NUMBER_FIELDS.",
                    id="alongside.E010")  # fmt: skip


def policy() -> Iterator[CheckMessage]:
    """No page runs or fetches what is not ours, whatever somebody typed into a field."""
    said: dict[str, Any] = (settings.CONTENT_SECURITY_POLICY or {}).get("DIRECTIVES", {})
    words = [str(word) for values in said.values() for word in values]
    loose = [word for word in words if "unsafe" in word or word in ("*", "https:", "http:")]
    missing = [name for name in POLICY if name not in said]
    if "csp.middleware.CSPMiddleware" not in settings.MIDDLEWARE or missing or loose:
        wrong = ", ".join([*missing, *loose]) or "no middleware"
        yield Error("The content policy of the pages is missing, or it lets strangers' code run.",
                    hint=f"CONTENT_SECURITY_POLICY: {wrong}",
                    id="alongside.E011")  # fmt: skip


def admin() -> Iterator[CheckMessage]:
    """Django's admin knows neither clinics nor the record."""
    if "django.contrib.admin" in settings.INSTALLED_APPS or "admin" in get_resolver().app_dict:
        yield Error("Django's admin is there: whoever enters it walks through every wall.",
                    hint="Take django.contrib.admin and its addresses away.",
                    id="alongside.E012")  # fmt: skip


def guards() -> Iterator[CheckMessage]:
    """What refuses an address without a row in the table stands in the way of every request."""
    needed = (
        "alongside.access.middleware.DenyByDefault",
        "django.middleware.csrf.CsrfViewMiddleware",
    )
    if missing := [name for name in needed if name not in settings.MIDDLEWARE]:
        yield Error(f"Nobody guards the pages: {', '.join(missing)} is missing.",
                    hint="MIDDLEWARE in the settings.", id="alongside.E013")  # fmt: skip


def secret_key() -> Iterator[CheckMessage]:
    """Nobody guesses what signs sessions and links, and keys the record."""
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < 5:
        yield Error(f"The secret key is short ({len(key)} signs): sessions could be forged.",
                    hint="`openssl rand -base64 48`, while the installation is empty: another key "
                    "breaks links in letters, and the proof of the record until now.",
                    id="alongside.E014")  # fmt: skip


def mail() -> Iterator[CheckMessage]:
    """Letters leave the house."""
    if not settings.EMAIL_IS_SET:
        yield Doubt("No mail server is set: no letter leaves the house.",
                      hint="ALONGSIDE_EMAIL_URL: docs/how-to/send-e-mail.md.",
                      id="alongside.W015")  # fmt: skip


CHECKS = (
    hosts, https, cookies, session_length, hasher, limits, policy, admin, guards, secret_key, mail,
)  # fmt: skip
