"""Secrets that were read are in nothing that is told."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.settings.secret import Secret
from tui.terminal.redaction import SHORTEST, environment_for_programs, keep_secret, redacted

CANARY = "c4nary-0b1f-77aa-9e2d"


def test_a_secret_is_taken_out_of_texts_from_its_making_on() -> None:
    """Wherever in a text it stands, and however often."""
    token = Secret(CANARY + "-made")
    assert redacted(f"a{token.reveal()}b {token.reveal()}") == "a***b ***"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("GET /v1/exports/e?token=abc.def-1 cut", "GET /v1/exports/e?token=*** cut"),
        ("https://x/f?a=1&X-Amz-Signature=0f0f&b=2", "https://x/f?a=1&X-Amz-Signature=***&b=2"),
        ("Authorization: Bearer eyJhbGciOi.e30.x-_", "Authorization: Bearer ***"),
        ("basic dXNlcjpwYXNzd29yZA==", "basic ***"),
        ("the bearer of this", "the bearer of this"),
        ("/v1/orders?page=2&order=-created_at", "/v1/orders?page=2&order=-created_at"),
        ("metadata.key=web; status=PAID", "metadata.key=web; status=PAID"),
    ],
)
def test_what_says_itself_that_it_is_a_secret_is_taken_out(text: str, told: str) -> None:
    """Parameters of links and values of headers need not be known; all else stays as it is."""
    assert redacted(text) == told


@given(st.text(min_size=SHORTEST, max_size=40), st.text(), st.text())
def test_no_secret_is_left_in_any_text(secret: str, before: str, after: str) -> None:
    """Whatever it is made of, also where it overlaps itself."""
    keep_secret(secret)
    told = redacted(before + secret + secret[: len(secret) // 2] + after)
    assert secret not in told or secret in "***"


@given(st.text(min_size=SHORTEST, max_size=40), st.binary(max_size=4), st.binary(max_size=4))
def test_no_spelling_of_a_secret_is_left(secret: str, before: bytes, after: bytes) -> None:
    """As JSON, in a URL, and in base64 of something that it is a part of, as a Basic header is."""
    keep_secret(secret)
    for spelled in (json.dumps(secret)[1:-1], quote(secret, safe="")):
        assert redacted(f"({spelled})") == "(***)" or len(spelled) < SHORTEST or "*" in spelled
    for encode in (b64encode, urlsafe_b64encode):
        coded = encode(before + secret.encode() + after).decode()
        # Eight characters and more in a row: what is left are those that its neighbours have a share in.
        assert len(redacted(coded).replace("***", "")) <= len(coded) - len(secret.encode()) * 8 // 6 + 2


def test_a_secret_that_is_part_of_another_leaves_nothing_of_it() -> None:
    """The longer one goes whole, whichever was read first."""
    for text in (CANARY, f"{CANARY}-and-more"):
        keep_secret(text)
    assert redacted(f"<{CANARY}-and-more>") == "<***>"


def test_short_words_are_no_secrets() -> None:
    """The embedded sandbox's key is a word that texts need."""
    Secret("sandbox")
    assert redacted("the sandbox listens") == "the sandbox listens"


def test_programs_get_the_environment_without_tokens() -> None:
    """By its name, and under any other name by its value."""
    Secret(CANARY)
    environ = {
        "PATH": "/bin",
        "VOUCHERIFY_APP_TOKEN": "another",
        "SHOP_TOKEN": CANARY,
        "HEADER": f"X-App-Token: {CANARY}",
        "ORDEX_SHOP_EU_APP_TOKEN": "of-another-profile",
        "VOUCHERIFY_APP_ID": "app",
    }
    assert environment_for_programs(environ) == {"PATH": "/bin", "VOUCHERIFY_APP_ID": "app"}
