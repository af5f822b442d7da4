"""Whatever a value holds, it stays within its literal: nothing ends it, nothing in it acts."""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.language_literals import Broken, read
from tests.support.snippet_requests import HOSTILE
from tui.voucherify.snippets import (
    LANGUAGES,
    NotRepresentable,
    SnippetRequest,
    java,
    javascript,
    literals,
    php,
    ruby,
    snippet,
)

PIECES = st.sampled_from(
    [
        "\\",
        '"',
        "'",
        "\\u0022",
        "\\u000a",
        "$",
        "${",
        "#{",
        "#$",
        "`",
        "\n",
        "\r",
        "\0",
        "\x1b",
        "\u2028",
        "u0022",
    ]
)
TEXTS = st.lists(
    st.one_of(PIECES, st.text(st.characters(exclude_categories=["Cs"]), max_size=4)), max_size=8
).map("".join)
WRITERS: dict[str, Callable[[str], str]] = {
    "ruby": ruby.text,
    "php": php.text,
    "java": java.text,
    "javascript": javascript.text,
}
DOCUMENTS = st.recursive(
    st.one_of(
        TEXTS,
        st.none(),
        st.booleans(),
        st.integers(-(2**53), 2**53),
        st.floats(allow_nan=False, allow_infinity=False, width=32),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)


@pytest.mark.parametrize("language", WRITERS)
@given(value=TEXTS)
def test_a_text_is_read_as_itself(language: str, value: str) -> None:
    """By the language's own rules the literal is the text, and ends where it ends."""
    written = WRITERS[language](value)
    assert written.isascii()
    assert written.isprintable()
    assert read(language, written) == ([value], "@")


@given(TEXTS)
def test_python_reads_a_text_as_itself(value: str) -> None:
    """Python itself does."""
    written = literals.text(value)
    assert ast.literal_eval(written) == value
    assert written.isascii()


@settings(max_examples=30)
@given(DOCUMENTS)
def test_python_reads_a_document_as_itself(value: Any) -> None:
    """None, True, numbers and nesting too."""
    assert ast.literal_eval(literals.PYTHON.write(value)) == value


@settings(max_examples=5)
@given(st.lists(TEXTS.filter(lambda text: "\0" not in text), min_size=20, max_size=20))
def test_a_shell_reads_a_path_as_itself(values: list[str]) -> None:
    """The words of the command are those that were meant, and no other command runs."""
    for value in values:
        asked = SnippetRequest("POST", "/v1/orders", body={"source_id": value}, base_url="https://h")
        command = snippet("curl", asked).replace("curl ", "printf '%s\\0' ", 1)
        done = subprocess.run(["sh", "-c", command], capture_output=True, check=True, env={})
        words = done.stdout.decode().split("\0")[:-1]
        assert words[:3] == ["-X", "POST", "https://h/v1/orders"]
        assert words[3:7] == ["-H", "X-App-Id: ", "-H", "X-App-Token: "]
        assert json.loads(words[-1]) == {"source_id": value}


def _orders(value: str) -> list[SnippetRequest]:
    body = {"source_id": value or "x", "metadata": {value: [value]}}
    return [
        SnippetRequest("PUT", "/v1/orders/x", body=body),
        SnippetRequest("POST", "/v1/orders/import", body=[body, body]),
        SnippetRequest("GET", "/v1/async-actions", query=(("limit", "5"), ("end_date", value))),
    ]


def _bones(language: str, program: str) -> str:
    """The code of a program without its literals, and without what depends on their length."""
    return re.sub(r"[\s,+]|@(?=@)", "", re.sub(r"[\s,+]", "", read(language, program).code))


@pytest.mark.parametrize("language", WRITERS)
@settings(max_examples=25)
@given(value=st.one_of(TEXTS, st.just(HOSTILE)))
@example(value="0")  # once a number, though it stands where a date is meant
def test_a_program_is_the_same_whatever_it_is_about(language: str, value: str) -> None:
    """Around the literals stands the code that stands around those of a harmless request."""
    for hostile, harmless in zip(_orders(value), _orders("2026-01-31T14:05:00Z"), strict=True):
        try:
            program = snippet(language, hostile)
        except NotRepresentable:
            continue
        assert program.isascii()
        assert _bones(language, program) == _bones(language, snippet(language, harmless))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_snippet_holds_a_key(language: str) -> None:
    """Each reads both from the environment, by the names that the vendor's own server uses."""
    written = snippet(language, SnippetRequest("GET", "/v1/orders"))
    for name in ("VOUCHERIFY_APP_ID", "VOUCHERIFY_APP_TOKEN", "VOUCHERIFY_API_BASE_URL"):
        assert name in written


@pytest.mark.parametrize(
    ("language", "program"),
    [
        ("ruby", '"a#{b}"'),
        ("php", '"a $b"'),
        ("java", r'"a\u0022 + b"'),
        ("java", r'"a\u000a"'),
        ("javascript", '"a\n"'),
        ("php", '"never'),
    ],
)
def test_what_breaks_out_is_seen(language: str, program: str) -> None:
    """The reader of these tests is no rubber stamp."""
    with pytest.raises(Broken):
        read(language, program)


def test_words_are_quoted_for_the_shell_where_they_need_it() -> None:
    """A path that needs none is left as it is, for people."""
    assert (
        shlex.split(snippet("curl", SnippetRequest("GET", "/v1/orders/x")))[3]
        == "$VOUCHERIFY_API_BASE_URL/v1/orders/x"
    )
