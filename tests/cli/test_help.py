"""``ordex help``."""

from __future__ import annotations

import pytest

from tests.support.command_line import Ordex
from tui.actions.retention import RULES
from tui.cli.root import ordex as root
from tui.orders.filter import HELP


def test_the_filter_language_is_one_page(ordex: Ordex) -> None:
    """The page of the language's own registry, on stdout."""
    ended = ordex("help", "filter")
    assert (ended.code, ended.out) == (0, HELP)


def test_the_limits_are_one_page(ordex: Ordex) -> None:
    """Every kind of thing with its limits."""
    ended = ordex("help", "limits")
    assert ended.code == 0
    for rule in RULES:
        (line,) = [line for line in ended.out.splitlines() if line.startswith(f"  {rule.name:18}")]
        assert f"{rule.days} days" in line or (not rule.days and "never" in line)
        assert all(f"{number:,}" in line for number in (rule.least, rule.most) if number)


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
