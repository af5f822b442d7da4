"""Queries and bodies as they are kept: without what may be secret, and saying whether they are whole."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from tui.voucherify.calls.redaction import BODY_BYTES, redact_body, redact_query


def test_only_harmless_parameters_of_a_query_are_shown() -> None:
    """A token is a secret whatever it is called."""
    assert redact_query("limit=100&token=abc&sig=&page=2") == "limit=100&token=***&sig=***&page=2"


@given(st.text(), st.text(min_size=1))
def test_a_harmless_value_is_kept_as_it_is(value: str, secret: str) -> None:
    """It cannot be taken for a further parameter, and nothing of a secret is left."""
    pairs = parse_qsl(
        redact_query(urlencode({"end_date": value, "token": secret}, errors="replace")),
        keep_blank_values=True,
    )
    assert pairs == [("end_date", value.encode("utf-8", "replace").decode()), ("token", "***")]


def test_links_in_a_body_lose_their_parameters() -> None:
    """An export's link holds its token; the body is not whole without it."""
    kept = redact_body(b'{"url":"https://h/v1/exports/e?token=abc.def-1&x=y","note":"a=b"}')
    assert kept.text == '{"url":"https://h/v1/exports/e?token=***&x=***","note":"a=b"}'
    assert not kept.whole


def test_a_token_in_a_body_is_taken_out() -> None:
    """Whatever stands around it stays."""
    kept = redact_body(b'{"access_token" : "eyJ.abc","expires_in":900}')
    assert kept == ('{"access_token" : "***","expires_in":900}', False)


def test_a_body_without_links_is_whole() -> None:
    """An equals sign alone takes nothing out."""
    assert redact_body(b'{"note":"a=b"}') == ('{"note":"a=b"}', True)


def test_a_long_body_is_cut() -> None:
    """Memory stays bounded, and it is told."""
    kept = redact_body(b"x" * (BODY_BYTES * 2))
    assert len(kept.text) == BODY_BYTES
    assert not kept.whole
