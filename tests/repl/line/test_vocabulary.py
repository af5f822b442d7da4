"""The verbs of a line, from both registries."""

from __future__ import annotations

import pytest

from tui.actions.verbs import VERBS, verb
from tui.repl.commands import REPL_COMMANDS
from tui.repl.help_pages import TOPICS, page
from tui.repl.line.vocabulary import arguments_of, get_verb, repl_command, verb_names


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
    """A command of the prompt hides none of the registry, and no topic."""
    assert not set(VERBS) & set(REPL_COMMANDS)
    assert not set(TOPICS) & set(verb_names())


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
