"""Whether an address on the network is somebody else's in public, and not a way back inside.

`is_global` alone lets multicast and addresses through that carry another one in them (RFC 6052:
64:ff9b::7f00:1 is 127.0.0.1 behind a translator; RFC 3056 and 4380 likewise); `is_private` alone
lets shared carrier addresses through (RFC 6598). In IPv6 only 2000::/3 has ever been given out.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

GIVEN_OUT = IPv6Network("2000::/3")
# An IPv4 address stands in these: 6to4, and all that is special-purpose, Teredo among them.
CARRIERS = (IPv6Network("2002::/16"), IPv6Network("2001::/23"))


def is_public(address: str) -> bool:
    """Tell whether an address, as a resolver gives it, may be asked; what is none may not."""
    try:
        there = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _is_v6_public(there) if isinstance(there, IPv6Address) else _is_v4_public(there)


def _is_v4_public(there: IPv4Address) -> bool:
    return there.is_global and not there.is_multicast and not there.is_reserved


def _is_v6_public(there: IPv6Address) -> bool:
    return (
        there in GIVEN_OUT
        and there.is_global
        and not there.is_multicast
        and not any(there in carrier for carrier in CARRIERS)
    )
