"""The registry of commands; each command has a module of its own."""

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
    "customer": "show_customer",
    "doctor": "doctor",
    "get": "get_order",
    "journal": "show_journal",
    "list": "list_orders",
    "profiles": "profiles",
    "mappings": "show_mappings",
    "query": "query_copy",
    "summary": "summarize_orders",
    "sync": "sync_copy",
    "undo": "undo_change",
    "update": "update_order",
}
"""Commands and their modules; a module is imported on first use."""


def verb(name: str) -> Verb:
    """The command with this name.

    Raises:
        KeyError: there is none.
    """
    found: Verb = import_module(f"{__name__}.{VERBS[name]}").VERB
    return found
