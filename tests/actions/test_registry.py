"""The registry walked: every action on every surface, in the same words."""

from __future__ import annotations

import pytest

from tui.actions.catalogue import CATALOGUE, of_verb
from tui.actions.catalogue.action import Action, Danger
from tui.actions.catalogue.key_names import written
from tui.actions.verbs import VERBS, verb
from tui.app.panels.detail.order_detail import OrderDetail
from tui.app.widgets.json_tree import JsonTree
from tui.app.widgets.line_list import LineList
from tui.cli.root import OWN_COMMANDS, ordex

ON_SCREEN = {
    *("quit", "suspend", "palette", "back", "refresh", "mark", "focus_next", "focus_previous"),
    *("cursor_down", "cursor_up", "top", "bottom", "half_page_down", "half_page_up", "page_down", "page_up"),
    *("scroll_left", "scroll_right", "requests", "reveal"),
}
"""Actions that are about what is on the screen, so that there is nothing to type for them."""

SHADOWED = {
    "/": "finds in the order what it finds in the table",
    "n": "the next match while finding",
    "y": "copies what is under the order's cursor",
    "esc": "ends finding first",
    "enter": "opens what is under the order's cursor",
    "space": "folds and unfolds",
    **dict.fromkeys(("h", "l", "←", "→"), "turns to the sections beside"),
    **dict.fromkeys(("j", "k", "↓", "↑", "g", "G", "home", "end"), "moves in the order"),
    **dict.fromkeys(("ctrl+d", "ctrl+u", "pgdn", "pgup"), "moves in the order"),
}
"""Keys that mean something of their own while the focus is in an order, each with the reason."""

WITHOUT_SCREEN = {"customer", "query", "summary", "sync"}
"""Commands that the explorer does not have."""

every_action = pytest.mark.parametrize("action", CATALOGUE.values(), ids=lambda action: action.id)


@every_action
def test_an_action_has_words_and_a_way_to_it(action: Action) -> None:
    """Title, help, and a key or an entry in the palette."""
    assert action.title
    assert action.help.endswith(".")
    assert action.keys or action.palette


@every_action
def test_an_action_can_be_typed_unless_it_is_about_the_screen(action: Action) -> None:
    """Its command exists, with every option that it names."""
    assert bool(action.command) is (action.id not in ON_SCREEN)
    if not action.command:
        return
    first, *rest = action.command.split(" ")
    with ordex.make_context("ordex", [], resilient_parsing=True) as context:
        found = ordex if first.startswith("--") else ordex.get_command(context, first)
    assert found is not None, first
    options = {option for one in found.params for option in (*one.opts, *one.secondary_opts)}
    assert {word for word in (first, *rest) if word.startswith("--")} <= options


@pytest.mark.parametrize("name", sorted(VERBS.keys() - WITHOUT_SCREEN))
def test_a_verb_takes_its_words_and_danger_from_its_action(name: str) -> None:
    """Told once: the summary is the action's help, and what writes is dangerous on every surface."""
    found, action = verb(name), of_verb(name)
    assert found.name == name
    assert found.summary == action.help
    assert found.writes is (action.danger is not Danger.NONE)


@pytest.mark.parametrize("name", sorted(VERBS))
def test_a_verb_tells_how_it_is_used(name: str) -> None:
    """Help that is a sentence, examples that begin with it, and no name that a command has too."""
    found = verb(name)
    assert found.help.endswith(".")
    assert found.examples
    assert all(example.split()[0] == name for example in found.examples)
    assert name not in OWN_COMMANDS


def test_no_two_actions_clash() -> None:
    """A key does one thing, and a title names one thing."""
    keys = [key for action in CATALOGUE.values() for key in action.keys]
    titles = [action.title for action in CATALOGUE.values()]
    assert len(keys) == len(set(keys))
    assert len(titles) == len(set(titles))


def test_an_order_shadows_only_keys_that_it_means_to() -> None:
    """Keys of the detail pane that the registry has too are all known, with the reason."""
    shared = {written(key) for action in CATALOGUE.values() for key in action.keys}
    own = {
        written(key)
        for widget in (OrderDetail, JsonTree, LineList)
        for key in widget._merged_bindings.key_to_bindings
    }
    assert own & shared <= SHADOWED.keys()
    assert own >= SHADOWED.keys()
