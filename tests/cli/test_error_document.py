"""Errors as JSON."""

from __future__ import annotations

import json

import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox
from tui.cli.runner import asks_for_json


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["list", "--format", "json"], True),
        (["list", "--format=jsonl"], True),
        (["list", "--format", "csv"], False),
        (["list", "--format"], False),
        (["list"], False),
        (["list", "--format", "json", "--format", "table"], False),
    ],
)
def test_the_words_tell_whether_json_is_wanted(words: list[str], *, asked: bool) -> None:
    """Also where the line cannot be read otherwise; the last one counts."""
    assert asks_for_json(words) is asked


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("list", "--limit", "x"), "--limit"),
        (("list", "--where", "amont>1"), "did you mean “amount”"),
        (("list", "--nope"), "--nope"),
        (("get",), "ID"),
        (("lsit",), "lsit"),
    ],
)
def test_wrong_usage_is_a_document_too(ordex: Ordex, words: tuple[str, ...], part: str) -> None:
    """Whoever asks for JSON gets one document on stderr and nothing on stdout."""
    ended = ordex(*words, "--format", "json")
    document = json.loads(ended.err)["error"]
    assert (ended.code, ended.out) == (2, "")
    assert document["title"] == "Wrong usage"
    assert document["exit_code"] == 2
    assert part in document["text"]


def test_a_missing_setting_is_a_document_too(ordex: Ordex) -> None:
    """The profile that is not there."""
    ended = ordex("list", "--profile", "nope", "--format", "json")
    document = json.loads(ended.err)["error"]
    assert ended.code == 2
    assert document["kind"] == "SettingsError"
    assert "nope" in document["text"]


def test_the_services_words_are_kept(ordex: Ordex, served: RunningSandbox) -> None:
    """Status, message and details as they came."""
    ended = ordex("get", "nothing", "--format", "json")
    document = json.loads(ended.err)["error"]
    assert ended.code == document["exit_code"] == 3
    assert document["status"] == 404
    assert document["hint"]
