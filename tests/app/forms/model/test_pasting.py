"""Reading JSON and curl commands: the body is found however it is written, nothing else is kept."""

from __future__ import annotations

import json
import shlex
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.app.forms.model.document_input import NotAnOrder, looks_like_document, read_pasted

BODY = {"source_id": "it's", "items": [{"price": 100}]}
TEXT = json.dumps(BODY)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
VALUES = st.dictionaries(WORDS, st.none() | st.integers(-(2**53), 2**53) | WORDS | st.lists(WORDS))


@pytest.mark.parametrize(
    "command",
    [
        f"curl -X POST https://api.voucherify.io/v1/orders -d {shlex.quote(TEXT)}",
        f"curl https://x/v1/orders \\\n  -H 'X-App-Token: t' \\\n  --data-raw {shlex.quote(TEXT)} -s",
        f"curl https://x/v1/orders --data={shlex.quote(TEXT)}",
        f"curl https://x/v1/orders --json {shlex.quote(TEXT)}",
        f"curl -H '-d' -d{shlex.quote(TEXT)} https://x/v1/orders",
        'curl https://x --data-binary $\'{"source_id": "it\\\'s", "items": [{"price": 100}]}\'',
        f"  curl https://x --data-raw {shlex.quote(TEXT)} \\\n",
        TEXT,
        f"\n[{TEXT}]\n",
    ],
)
def test_the_body_is_found(command: str) -> None:
    """However it is quoted, continued over lines or attached to its flag."""
    assert looks_like_document(command.strip())
    assert read_pasted(command).document == BODY


@given(VALUES)
def test_any_document_comes_back_from_a_command(document: dict[str, Any]) -> None:
    """What a shell would send is what is read."""
    text = json.dumps(document)
    assert read_pasted(f"curl https://x -H 'a: b' -d {shlex.quote(text)}").document == document


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{,", "the text is not JSON"),
        ("curl https://x -d 'abc", "a quotation mark is not closed"),
        ("curl https://x -H 'X-App-Token: secret-token'", "the command has no body"),
        ("curl https://x -d '{}' -d '{}'", "several bodies"),
        ("curl https://x -d @secret.json", "reads its body from a file"),
        ("curl https://x -d 'secret=token'", "the command's body is not JSON"),
        ("[{}, {}]", "2 orders"),
        ("[]", "0 orders"),
        ("[1]", "not an object"),
        ('{"a": NaN}', "NaN is not a JSON value"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_order_is_refused_in_words(text: str, reason: str) -> None:
    """The reason says what to do, and holds nothing of a command's words."""
    with pytest.raises(NotAnOrder, match=reason) as refused:
        read_pasted(text)
    assert "secret" not in str(refused.value)


def test_ordinary_text_is_for_the_field() -> None:
    """A word that begins like a command is none."""
    assert not any(map(looks_like_document, ["curly", "curl", "web-1", "", "[1, 2]"]))
