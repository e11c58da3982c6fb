"""Only an address that is somebody else's in public may be asked."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rules.public_address import is_public

# IANA's special-purpose registries, and multicast.
INSIDE_4 = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4",
]  # fmt: skip
INSIDE_6 = [
    "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32",
    "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
]  # fmt: skip


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(INSIDE_4 + INSIDE_6), st.integers(min_value=0, max_value=2**128 - 1))
def test_no_address_inside_is_public(network, number):
    where = IPv4Network(network) if "." in network.split("/")[0] and ":" not in network else None
    there = where or IPv6Network(network)
    address = there.network_address + number % there.num_addresses
    assert not is_public(str(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111"])
def test_a_public_address_is(address):
    assert is_public(address)


@pytest.mark.parametrize("address", ["", "x", "localhost", "1.1.1.1.1", "fe80::1%eth0", "::1%lo"])
def test_what_is_no_address_is_not(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    ("address", "passes"),
    [("100.64.0.1", "is_private"), ("224.0.0.1", "is_global"), ("64:ff9b::7f00:1", "is_global")],
)
def test_one_question_alone_would_let_them_through(address, passes):
    """The control: why the rule asks more than `is_private` or `is_global`."""
    there = IPv6Address(address) if ":" in address else IPv4Address(address)
    alone = there.is_global if passes == "is_global" else not there.is_private
    assert alone
    assert not is_public(address)
