"""The verbs of a line, from both registries."""

from __future__ import annotations

import pytest

from tui.actions.verbs import VERBS, verb
from tui.repl.commands import REPL_COMMANDS
from tui.repl.help_pages import TOPICS, page
from tui.repl.line.vocabulary import (
    ReplCommand,
    arguments_of,
    find_verb,
    get_verb,
    repl_command,
    verb_names,
)
from tui.repl.line.words import Word, WordPart


@pytest.mark.parametrize("name", sorted({*VERBS, *REPL_COMMANDS}))
def test_every_verb_is_told(name: str) -> None:
    """Each has a title, help that says the whole, arguments that are explained, and a page."""
    found = get_verb(name)
    assert found.name == name
    assert found.summary.endswith(".")
    assert found.help
    assert all(argument.help for argument in arguments_of(found))
    assert (page(name) or "").startswith(name)


def test_no_two_verbs_clash() -> None:
    """A verb of the prompt hides none of the registry; query alone may share its name, told apart by =."""
    assert set(VERBS) & set(REPL_COMMANDS) <= {"query"}
    assert not set(TOPICS) & set(verb_names())


@pytest.mark.parametrize(
    ("line", "is_own"),
    [
        ("query", True),
        ("query paid", True),
        ("query | wc -l", True),
        ('query "SELECT 1"', False),
        ("query 'SELECT count(*) FROM orders' format csv", False),
        ("query SELECT 1", False),
    ],
)
def test_query_is_about_saved_lines_or_sql(line: str, is_own: bool) -> None:
    """One plain word names a line; help explains both."""
    name = Word(0, len("query"), (WordPart("query", "plain"),), quoted=False)
    assert isinstance(find_verb(name, line), ReplCommand) is is_own
    assert isinstance(find_verb(name, line, tailed=True), ReplCommand)
    text = page("query") or ""
    assert "SELECT" in text
    assert "query NAME = LINE" in text


def test_every_verb_of_the_registry_is_there() -> None:
    """With its own arguments, and the format where it has one."""
    for name in VERBS:
        found = verb(name)
        added = [argument.name for argument in arguments_of(found)][len(found.arguments) :]
        assert added == (["format"] if found.formats else [])


@pytest.mark.parametrize("name", sorted(REPL_COMMANDS))
def test_examples_can_be_typed(name: str) -> None:
    """Each example is a line that reads as that verb."""
    from tui.repl.line.statements import Command, read_statement
    from tui.repl.line.vocabulary import rest_of_line

    for example in repl_command(name).examples:
        statement = read_statement(example, rest_of_line)
        assert isinstance(statement, Command)
        assert statement.name.text == name


def test_help_lists_everything() -> None:
    """The first page names each verb and each topic."""
    text = page(None) or ""
    assert all(f"  {name} " in text for name in verb_names())
    assert all(f"help {topic}" in text for topic in TOPICS)
    assert page("nope") is None
