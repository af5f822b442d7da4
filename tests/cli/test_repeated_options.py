"""An option given twice: both are used, or it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox
from tui.actions.verbs import VERBS
from tui.cli.root import OWN_COMMANDS
from tui.cli.root import ordex as root


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--limit", "1", "--limit", "2"),
        ("list", "--limit", "1", "--limit=1"),
        ("list", "--format", "json", "--format", "csv"),
        ("list", "--read-only", "--write"),
        ("list", "--profile", "a", "--profile", "b"),
        ("--profile", "a", "--profile", "b", "list"),
        ("--where", "a", "--where", "b"),
        ("export", "-o", "a.csv", "--output", "b.csv"),
        ("update", "x", "--file", "a", "--file", "b"),
        ("repl", "-f", "a", "-f", "b"),
        ("open", "x", "--theme", "a", "--theme", "b"),
        ("sandbox", "serve", "--port", "1", "--port", "2"),
    ],
)
def test_an_option_of_one_value_is_refused_the_second_time(ordex: Ordex, words: tuple[str, ...]) -> None:
    """Exit code 2, with the option's name."""
    ended = ordex(*words)
    assert ended.code == 2
    assert "2 times" in ended.err


@pytest.mark.parametrize("name", sorted({*VERBS, *OWN_COMMANDS} - {"sandbox"}))
def test_every_option_of_every_command_is_used_or_refused(ordex: Ordex, name: str) -> None:
    """Those that take several values, and plain flags, are all that may stand there again."""
    import click

    command = root.get_command(click.Context(root), name)
    assert command is not None
    for option in (each for each in command.params if isinstance(each, click.Option)):
        if option.multiple or (option.is_flag and not option.secondary_opts):
            continue
        given = [option.opts[-1]] if option.is_flag else [option.opts[-1], "1"]
        ended = ordex(name, *given, *given)
        assert (ended.code, "2 times" in ended.err) == (2, True), option.opts


def test_several_filters_ask_for_all_of_them(ordex: Ordex, served: RunningSandbox) -> None:
    """As in the REPL."""
    both = ordex("list", "--where", "status:paid", "--where", "metadata.channel:web", "--format", "jsonl")
    one = ordex("list", "--where", "status:paid metadata.channel:web", "--format", "jsonl")
    assert both.out == one.out
    assert both.out


def test_the_short_way_into_the_explorer_leaves_repeated_options_to_the_parser(tmp_path: Path) -> None:
    """It would take the last of them."""
    from tui.cli import fast_start

    assert fast_start.parse_options(["--profile", "a", "--profile=b"]) is None
    assert fast_start.parse_options(["--read-only", "--write"]) is None
    assert fast_start.parse_options(["--demo", "--read-only"]) == (["--demo", "--read-only"], None)
