"""Secrets that were read are in nothing that is told."""

from __future__ import annotations

import html
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.settings.secret import Secret
from tui.terminal import redaction
from tui.terminal.redaction import SHORTEST, environment_for_programs, keep_secret, redacted

CANARY = "c4nary-0b1f-77aa-9e2d"


@pytest.fixture(autouse=True, scope="module")
def _no_secret_outlives_these_tests() -> Iterator[None]:
    """Made-up secrets may be words that other tests need."""
    yield
    redaction.forget_secrets()


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
        ("Basic a2V5OnBhc3N3b3JkMQ", "Basic ***"),
        ("--save-mapping basic --dry-run", "--save-mapping basic --dry-run"),
        ("Basic Headphones, Basic Wrenches12", "Basic Headphones, Basic Wrenches12"),
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


@pytest.mark.parametrize(
    "text",
    [
        r'{"url":"https:\/\/x\/e?a=1\u0026token=HIDE\u0026b=2"}',
        r'{"url":"x?token\u003dHIDE"}',
        r'{"url":"x?token=HI\/DE\/HIDE"}',
        r'{"url":"x?signature=HIDE\u003d\u003d"}',
        r"next=https%3A%2F%2Fx%3Ftoken%3DHIDE%26b%3D2",
        r"next=https%253A%252F%252Fx%253Ftoken%253DHIDE",
        "<a href='x?a=1&amp;token=HIDE'>",
        "<a href='x?a=1&#38;token=HIDE'>",
        r"x\x26token\x3dHIDE",
        '{"client_secret": "HIDE"}',
        '{"app_token":"HI\\"HIDE"}',
        '{"password" : "HIDE HIDE"}',
        '{"authorization":"HIDE"}',
        "{'X-App-Token': 'HIDE'}",
        r'"{\"refresh_token\":\"HIDE\"}"',
        "X-App-Token: HIDE",
        "Authorization: HIDE",
        "Cookie: a=HIDE; b=HIDE",
        "curl -H 'X-App-Token: HIDE' https://x",
        "VOUCHERIFY_APP_TOKEN=HIDE ordex list",
        "grant_type=x&client_secret=HIDE",
        "secret=HIDE",
    ],
)
def test_a_secret_is_known_by_its_name_however_it_is_written(text: str) -> None:
    """Links, members, headers and assignments, with escapes of JSON, URLs and HTML."""
    assert "HIDE" not in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "curl -H 'X-App-Token: $VOUCHERIFY_APP_TOKEN'",
        "the token: it is missing",
        '{"key":"not_found","tokens":5,"message":"no token"}',
        "use --token-stdin or VOUCHERIFY_APP_TOKEN",
        "https://x/f?limit=5&page=2",
        "amount>=100 status=PAID",
    ],
)
def test_words_about_secrets_stay(text: str) -> None:
    """Help and errors name variables and options."""
    assert redacted(text) == text


@given(st.text("/+=&<>\"' é\\😀aZ9-%$", min_size=SHORTEST, max_size=20))
def test_no_encoding_of_a_secret_is_left(secret: str) -> None:
    """JSON with and without ASCII, with escaped slashes, twice; URLs once and twice; HTML."""
    redaction.forget_secrets()
    keep_secret(secret)
    once = json.dumps(secret)[1:-1]
    for spelled in (
        once,
        json.dumps(secret, ensure_ascii=False)[1:-1],
        once.replace("/", "\\/"),
        once.replace("&", "\\u0026").replace("=", "\\u003D").replace("<", "\\u003c"),
        json.dumps(once)[1:-1],
        quote(secret, safe=""),
        quote(secret),
        quote(secret, safe="").replace("%2F", "%2f").replace("%3D", "%3d"),
        quote_plus(secret),
        quote(quote(secret, safe=""), safe=""),
        html.escape(secret),
    ):
        assert redacted(f"({spelled})") == "(***)", spelled


def test_a_document_loses_its_secrets_and_keeps_its_shape() -> None:
    """Members that are named as secrets, and known secrets in any text."""
    keep_secret(CANARY)
    document = {"key": "not_found", "app_token": "x", "details": [f"no {CANARY}", 5, None], "password": ""}
    assert redaction.redacted_document(document) == {
        "key": "not_found", "app_token": "***", "details": ["no ***", 5, None], "password": "",
    }  # fmt: skip
