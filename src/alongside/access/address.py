"""From which network address somebody asks: to count tries, and to know one's own again."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Give the asker's address; behind our own proxy, the one that the proxy saw."""
    if settings.SECURE_PROXY_SSL_HEADER:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if seen:
            return str(seen)
    return str(request.META.get("REMOTE_ADDR", ""))


def household(address: str) -> str:
    """Give what tries are counted by: an IPv6 line owns 2**64 addresses, and is one asker."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ip_network((int(known), 64), strict=False))
    return str(known)


def roughly(address: str) -> str:
    """Give an address without its end: enough to know one's own, too little to find somebody."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address) and not known.ipv4_mapped:
        return f"{ip_network((int(known), 48), strict=False).network_address}*"
    shown = str(known.ipv4_mapped or known) if isinstance(known, IPv6Address) else str(known)
    return f"{shown.rpartition('.')[0]}.*"
