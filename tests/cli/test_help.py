"""``ordex help``."""

from __future__ import annotations

import pytest

from tests.support.command_line import Ordex
from tui.cli.root import ordex as root
from tui.orders.filter import HELP


def test_the_filter_language_is_one_page(ordex: Ordex) -> None:
    """The page of the language's own registry, on stdout."""
    ended = ordex("help", "filter")
    assert (ended.code, ended.out) == (0, HELP)


@pytest.mark.parametrize("words", [("list",), ("sandbox", "serve"), ()])
def test_help_is_the_commands_own(ordex: Ordex, words: tuple[str, ...]) -> None:
    """The same page as ``--help``."""
    ended = ordex("help", *words)
    assert ended.out == ordex(*words, "--help").out
    assert ended.code == 0


@pytest.mark.parametrize("words", [("nope",), ("list", "more"), ("filter", "more")])
def test_an_unknown_topic_is_wrong_usage(ordex: Ordex, words: tuple[str, ...]) -> None:
    """Said, with where to look."""
    ended = ordex("help", *words)
    assert ended.code == 2
    assert "“" in ended.err


@pytest.mark.parametrize("name", root.list_commands(None))  # type: ignore[arg-type] # it reads no context
def test_every_command_has_examples(ordex: Ordex, name: str) -> None:
    """``--help`` ends in lines that can be typed as they are."""
    words = (name, "serve") if name == "sandbox" else (name,)
    out = ordex(*words, "--help").out
    assert f"ordex {' '.join(words)}" in out.partition("Examples:")[2]
