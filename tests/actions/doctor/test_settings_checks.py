"""What is said of the environment's variables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.pseudo_terminal import ROOT
from tui.actions.doctor.finding import CheckResult
from tui.actions.doctor.settings_checks import KNOWN, describe_proxy, environment_section, profile_variables
from tui.settings.folders import Folders


def told(environ: dict[str, str]) -> dict[str, CheckResult]:
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
    assert found["VOUCHERIFY_APP_TOKN"].to_do == "did you mean “VOUCHERIFY_APP_TOKEN”?"
    assert "VOUCHERIFY_SOMETHING_ELSE" not in found
    assert "canary" not in str(found)


def test_the_variables_of_profiles_are_known(tmp_path: Path) -> None:
    """Those of their names, and those that they name: set, and no misspelling of others."""
    folders = Folders(tmp_path, tmp_path, tmp_path)
    folders.config_file.write_text(
        '[profiles.shop-eu]\n[profiles.b]\ntoken_variable = "VOUCHERIFY_APP_TOKEN_2"\n'
    )
    known = profile_variables(folders)
    environ = {"ORDEX_SHOP_EU_APP_TOKEN": "canary", "VOUCHERIFY_APP_TOKEN_2": "canary"}
    found = {f.name: (f.level, f.text) for f in environment_section(environ, known).findings}
    assert found["ORDEX_SHOP_EU_APP_TOKEN"] == ("ok", "set")
    assert found["VOUCHERIFY_APP_TOKEN_2"] == ("ok", "set")


def test_every_variable_that_the_source_reads_is_known() -> None:
    """Else one that works would be called a misspelling of another."""
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tui").rglob("*.py"))
    read = set(re.findall(r'"((?:ORDEX|VOUCHERIFY)_[A-Z_]*[A-Z])"', source))
    assert read <= {*KNOWN}


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
    assert describe_proxy(value) == words


@given(st.from_regex(r"[a-z0-9%!$&'()*+,;=._~-]{1,20}", fullmatch=True))
def test_no_password_comes_through(secret: str) -> None:
    """Whatever it is made of."""
    canary = f"canary{secret}canary"
    assert canary not in describe_proxy(f"http://user:{canary}@proxy.example:3128")
    assert canary not in describe_proxy(f"{canary}@proxy.example")


def test_proxies_and_authorities_are_named_by_their_variables() -> None:
    """Either spelling; without any, that is said."""
    found = told({"https_proxy": "http://p:1", "NO_PROXY": "localhost", "SSL_CERT_FILE": "/etc/ca.pem"})
    assert found["https_proxy"].text == "http://p:1"
    assert found["NO_PROXY"].text == "localhost"
    assert "/etc/ca.pem" in found["SSL_CERT_FILE"].text
    assert told({})["proxy"].text == "none is named"
