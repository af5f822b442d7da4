"""The verbs of a line, from both registries."""

from __future__ import annotations

import pytest

from tui.actions.verbs import VERBS, verb
from tui.repl.help_pages import TOPICS, page
from tui.repl.verbs import OWN_VERBS
from tui.repl.vocabulary import arguments_of, named, names, own_verb


@pytest.mark.parametrize("name", sorted({*VERBS, *OWN_VERBS}))
def test_every_verb_is_told(name: str) -> None:
    """Each has a title, help that says the whole, arguments that are explained, and a page."""
    found = named(name)
    assert found.name == name
    assert found.summary.endswith(".")
    assert found.help
    assert all(argument.help for argument in arguments_of(found))
    assert (page(name) or "").startswith(name)


def test_no_two_verbs_clash() -> None:
    """A verb of the prompt hides none of the registry; query alone may share its name, told apart by =."""
    assert set(VERBS) & set(OWN_VERBS) <= {"query"}
    assert not set(TOPICS) & set(names())


def test_every_verb_of_the_registry_is_there() -> None:
    """With its own arguments, and the format where it has one."""
    for name in VERBS:
        found = verb(name)
        added = [argument.name for argument in arguments_of(found)][len(found.arguments) :]
        assert added == (["format"] if found.formats else [])


@pytest.mark.parametrize("name", sorted(OWN_VERBS))
def test_examples_can_be_typed(name: str) -> None:
    """Each example is a line that reads as that verb."""
    from tui.repl.statements import Asked, read_statement
    from tui.repl.vocabulary import tail_of

    for example in own_verb(name).examples:
        statement = read_statement(example, tail_of)
        assert isinstance(statement, Asked)
        assert statement.name.text == name


def test_help_lists_everything() -> None:
    """The first page names each verb and each topic."""
    text = page(None) or ""
    assert all(f"  {name} " in text for name in names())
    assert all(f"help {topic}" in text for topic in TOPICS)
    assert page("nope") is None
