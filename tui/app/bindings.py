"""The catalogue of actions as Textual's bindings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.app import App
from textual.binding import Binding, BindingType

from tui.actions.catalogue import in_scope
from tui.actions.catalogue.action import Action, Scope
from tui.actions.catalogue.keymap import Keymap, rebound

_NO_KEY = "no_key"
"""The key given to Textual for an action without keys; no keyboard sends it."""


def bindings(scope: Scope) -> list[BindingType]:
    """The bindings of a scope. Each has the action's id, by which a keymap can rebind it.

    An action without a key has a binding too, so that a keymap can give it one.
    """
    return [_binding(action) for action in in_scope(scope)]


def command(action: Action) -> str:
    """What Textual runs for an action, from anywhere in the explorer."""
    if action.scope is Scope.EVERYWHERE:
        return f"app.perform('{action.id}')"
    return f"screen.perform('{action.id}')"


def as_textual(keymap: Keymap) -> dict[str, str]:
    """The user's keys in the form of ``App.set_keymap``."""
    return {action_id: ",".join(keys) or _NO_KEY for action_id, keys in keymap.items()}


def as_bound(app: App[Any], actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions with the keys that they have in this app: the registry's, or the user's own."""
    keymap: Keymap = getattr(app, "own_keys", {})
    return tuple(rebound(action, keymap) for action in actions)


def _binding(action: Action) -> Binding:
    run = action.target if action.scope is Scope.TABLE else command(action)
    keys = ",".join(action.keys) or _NO_KEY
    return Binding(keys, run, action.title, show=False, tooltip=action.help, id=action.id)
