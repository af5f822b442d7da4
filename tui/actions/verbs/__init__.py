"""Every verb there is: one file each, one registry."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.actions.verb import Verb

VERBS: dict[str, str] = {
    "export": "export_orders",
    "import": "import_orders",
    "jobs": "show_jobs",
    "config": "config",
    "create": "create_order",
    "doctor": "doctor",
    "get": "get_order",
    "journal": "show_journal",
    "list": "list_orders",
    "profiles": "profiles",
    "mappings": "show_mappings",
    "undo": "undo_change",
    "update": "update_order",
}
"""Each verb and the module it is in: a verb is imported when it is asked for."""


def verb(name: str) -> Verb:
    """The verb of that name.

    Raises:
        KeyError: there is none.
    """
    found: Verb = import_module(f"{__name__}.{VERBS[name]}").VERB
    return found
