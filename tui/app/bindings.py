"""The registry of actions as Textual's bindings."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.actions.action import Action, Scope
from tui.actions.catalogue import in_scope

_TEXTUALS = {"palette": "command_palette"}
"""Actions that Textual has under a name of its own."""


def bindings(scope: Scope) -> list[BindingType]:
    """The bindings of a scope. Each has the action's id, by which a keymap can rebind it."""
    return [_binding(action) for action in in_scope(scope)]


def command(action: Action) -> str:
    """What Textual runs for an action, from anywhere in the explorer."""
    if action.scope is Scope.EVERYWHERE:
        return f"app.{_TEXTUALS.get(action.id, action.id)}"
    return f"screen.perform('{action.id}')"


def _binding(action: Action) -> Binding:
    run = action.id if action.scope is Scope.TABLE else command(action)
    return Binding(",".join(action.keys), run, action.title, show=False, tooltip=action.help, id=action.id)
