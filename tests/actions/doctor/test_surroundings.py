"""What is said of the environment's variables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.actions.doctor.finding import Finding
from tui.actions.doctor.surroundings import environment_section, proxy_words


def told(environ: dict[str, str]) -> dict[str, Finding]:
    """The findings by name."""
    return {found.name: found for found in environment_section(environ).findings}


def test_of_keys_is_said_only_that_they_are_set() -> None:
    """Not even their length; a choice is shown whole."""
    found = told({"VOUCHERIFY_APP_TOKEN": "canary-token", "ORDEX_PROFILE": "shop"})
    assert found["VOUCHERIFY_APP_TOKEN"].text == "set"
    assert found["ORDEX_PROFILE"].text == "shop"
    assert "variables" not in found


def test_a_misspelt_variable_is_named_with_the_one_that_was_meant() -> None:
    """Its value is not shown: it may be the token."""
    found = told({"VOUCHERIFY_APP_TOKN": "canary-token", "VOUCHERIFY_SOMETHING_ELSE": "1"})
    assert found["VOUCHERIFY_APP_TOKN"].to_do == "did you mean VOUCHERIFY_APP_TOKEN?"
    assert "VOUCHERIFY_SOMETHING_ELSE" not in found
    assert "canary" not in str(found)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("http://proxy.example:3128", "http://proxy.example:3128"),
        ("http://kim:pa55@proxy.example:3128/", "http://***@proxy.example:3128"),
        ("socks5://tok3n@[::1]:1080", "socks5://***@[::1]:1080"),
        ("proxy.example:3128", "proxy.example:3128"),
        ("kim:pa55@proxy.example", "***@proxy.example"),
        ("http://proxy.example:port", "set, but not an address"),
        ("http://", "set, but not an address"),
        ("http://proxy.example/?token=tok3n", "http://proxy.example"),
    ],
)
def test_a_proxy_is_shown_without_who_uses_it(value: str, words: str) -> None:
    """Neither name nor password, nor anything behind the address."""
    assert proxy_words(value) == words


@given(st.from_regex(r"[a-z0-9%!$&'()*+,;=._~-]{1,20}", fullmatch=True))
def test_no_password_comes_through(secret: str) -> None:
    """Whatever it is made of."""
    canary = f"canary{secret}canary"
    assert canary not in proxy_words(f"http://user:{canary}@proxy.example:3128")
    assert canary not in proxy_words(f"{canary}@proxy.example")


def test_proxies_and_authorities_are_named_by_their_variables() -> None:
    """Either spelling; without any, that is said."""
    found = told({"https_proxy": "http://p:1", "NO_PROXY": "localhost", "SSL_CERT_FILE": "/etc/ca.pem"})
    assert found["https_proxy"].text == "http://p:1"
    assert found["NO_PROXY"].text == "localhost"
    assert "/etc/ca.pem" in found["SSL_CERT_FILE"].text
    assert told({})["proxy"].text == "none is named"
