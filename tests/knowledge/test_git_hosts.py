"""A name must not lead git into a network that only we can reach."""

import pytest

from knowledge.errors import NotesError
from knowledge.git_hosts import require_public
from knowledge.git_url import parse

NAMED = parse("https://git.example.org/o/r")


def check(remote, *addresses, private=False, proxies=None):
    return require_public(remote, private=private, resolve=lambda _: list(addresses), proxies=proxies or {})


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.5", "192.168.1.2", "169.254.169.254", "::1", "fe80::1%eth0", "fd00::1"]
)
def test_name_that_leads_into_a_private_network_is_refused(address):
    with pytest.raises(NotesError, match="private: true"):
        check(NAMED, address)


def test_one_private_address_among_public_ones_is_enough():
    with pytest.raises(NotesError):
        check(NAMED, "93.184.216.34", "127.0.0.1")


def test_public_name_is_let_through_to_where_it_leads_now():
    assert check(NAMED, "93.184.216.34", "2606:2800:220:1::1") == ("93.184.216.34", "2606:2800:220:1::1")


def test_private_network_may_be_meant():
    check(NAMED, "10.0.0.5", private=True)


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1/r", "https://localhost:8443/r", "https://[::1]/r", "ssh://git@host/r", "file:///r"]
)
def test_what_says_itself_where_it_leads_is_not_looked_up(address):
    require_public(parse(address), resolve=lambda _: pytest.fail("looked up"), proxies={})


def test_behind_a_proxy_nothing_is_looked_up():
    require_public(NAMED, resolve=lambda _: pytest.fail("looked up"), proxies={"https": "http://proxy:3128"})


@pytest.mark.parametrize("error", [OSError, UnicodeError])
def test_unknown_host_cannot_be_reached(error):
    def nobody(_host):
        raise error

    with pytest.raises(NotesError, match="cannot be reached"):
        require_public(NAMED, resolve=nobody, proxies={})
