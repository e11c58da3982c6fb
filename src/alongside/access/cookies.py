"""Names of our cookies: where a clinic is served, they say themselves for whom they are.

A browser takes a cookie called `__Host-...` only over https, for this host alone and all of it;
one that belongs to a part of the addresses can promise the first only (`__Secure-...`). On a
developer's machine, without https, no browser would take either.
"""

from django.conf import settings


def named(name: str, *, everywhere: bool = True) -> str:
    """Give the whole name of a cookie; `everywhere`: it is sent with every address of ours."""
    if not settings.SESSION_COOKIE_SECURE:
        return name
    return f"__Host-{name}" if everywhere else f"__Secure-{name}"
