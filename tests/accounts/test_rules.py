"""What counts as one client."""

import pytest

from conference.accounts.rules import client_key


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        (None, "unknown"),
        ("203.0.113.7, 1.1.1.1", "unknown"),
        ("203.0.113.7:8000", "unknown"),
    ],
)
def test_a_client_is_an_address_or_the_network_of_one_subscriber(address, key):
    assert client_key(address) == key
