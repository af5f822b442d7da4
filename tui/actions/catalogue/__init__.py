"""Every action there is, in the order in which help lists them."""

from __future__ import annotations

from tui.actions.catalogue.action import Action, Scope

from .app_actions import JOBS, MOVING, PROGRAM
from .order_actions import ORDERS

CATALOGUE: dict[str, Action] = {action.id: action for action in (*PROGRAM, *ORDERS, *JOBS, *MOVING)}
"""Every action by id."""


def in_scope(scope: Scope) -> tuple[Action, ...]:
    """The actions whose keys work there."""
    return tuple(action for action in CATALOGUE.values() if action.scope is scope)


def hints() -> tuple[Action, ...]:
    """The actions of the line of key hints, most needed first."""
    return tuple(sorted((a for a in CATALOGUE.values() if a.hint), key=lambda action: action.hint))


def of_verb(name: str) -> Action:
    """The action of a verb: the one whose command is the verb without an option.

    Raises:
        KeyError: no action is that verb.
    """
    for action in CATALOGUE.values():
        if action.command.split(" ")[0] == name and "--" not in action.command:
            return action
    raise KeyError(name)
